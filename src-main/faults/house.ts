import { cp, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PREFERENCES_BEFORE } from './drive';
import { watch, type Outcome, type Watched } from './shim';

/** Where the bundled program lies: cli.cjs, trainer.cjs, reader.cjs, faults.cjs. */
export interface Program {
  readonly folder: string;
}

/** Every training here: two networks, two epochs, so small that loading TensorFlow takes longer. */
const settings = ['--target', 'temperature', '--members', '2', '--epochs', '2', '--window', '4'].concat([
  '--horizon',
  '2',
  '--hidden',
  '2',
]);

/** The command lines that more than one place uses; paths are those of a workspace. */
export const commands = {
  train: (work: string): string[] => [
    'cli',
    'train',
    join(work, 'readings.csv'),
    ...settings,
    '--out',
    join(work, 'run'),
  ],
  resume: (work: string): string[] => ['cli', 'resume', join(work, 'run')],
  forecast: (work: string, ...file: string[]): string[] => [
    ...['cli', 'forecast', join(work, 'run'), ...file],
    ...['--out', join(work, 'forecast.csv')],
  ],
  export: (work: string): string[] => [
    ...['cli', 'export', join(work, 'run'), '--format', 'tfjs'],
    ...['--out', join(work, 'model')],
  ],
};

/** What a person keeps beside what Hindcast made; in every folder. */
const USER_FILE = 'notes.txt';

/**
 * Everything that tries start from, made once: `done` a finished run, `killed` one whose training was ended by a kill
 * after its first epoch, `added` one with newer readings and a forecast in its log, `model` an export of another run,
 * `user` the app's own folder with such runs, preferences and what a killed app left.
 */
export class House {
  private constructor(
    readonly program: Program,
    readonly shim: string,
    readonly folder: string,
  ) {}

  static async build(program: Program, shim: string): Promise<House> {
    const house = new House(program, shim, await mkdtemp(join(tmpdir(), 'hindcast-faults-')));
    await house.#build();
    return house;
  }

  /** In the templates. */
  path(...names: readonly string[]): string {
    return join(this.folder, 'templates', ...names);
  }

  /** The node command for 'cli ...' or 'faults ...'. */
  command([entry = '', ...args]: readonly string[]): string[] {
    return [process.execPath, join(this.program.folder, `${entry}.cjs`), ...args];
  }

  /** Runs a command undisturbed; what it touches under `work` is counted. */
  async run(
    work: string,
    command: readonly string[],
    watched: Partial<Pick<Watched, 'at' | 'fault' | 'reads'>> = {},
  ): Promise<Outcome> {
    const notes = `${work}-notes`;
    await mkdir(notes, { recursive: true });
    return watch(this.shim, { root: work, notes, reads: false, ...watched, command: this.command(command) });
  }

  remove(): Promise<void> {
    return rm(this.folder, { recursive: true, force: true });
  }

  async #build(): Promise<void> {
    const work = this.path();
    await mkdir(work, { recursive: true });
    await writeFile(this.path('readings.csv'), readings(0, 90));
    await writeFile(this.path('newer.csv'), readings(80, 100));
    await writeFile(this.path('newest.csv'), readings(90, 110));

    await Promise.all([this.#makeRuns(work), this.#makeModel(this.path('another'))]);

    await mkdir(this.path('user', 'runs'), { recursive: true });
    await cp(this.path('added'), this.path('user', 'runs', 'finished'), { recursive: true });
    await cp(this.path('killed'), this.path('user', 'runs', 'killed'), { recursive: true });
    await writeFile(this.path('user', 'preferences.json'), JSON.stringify(PREFERENCES_BEFORE));
    await cp(this.path('user'), this.path('crashed'), { recursive: true });
    // What a kill leaves at the worst moments of making a run, deleting one and writing a file.
    for (const name of ['.new-m1x2y3z4-0123456789', '.deleted-m1x2y3z4-0123456789']) {
      await cp(this.path('killed'), this.path('crashed', 'runs', name), { recursive: true });
    }
    for (const folder of ['crashed', 'crashed/runs/killed']) {
      await writeFile(this.path(folder, '.0123456789ab.tmp'), 'half');
    }
    await writeFile(this.path(USER_FILE), 'mine');
    for (const folder of [
      'done',
      'killed',
      'added',
      'model',
      'user',
      'user/runs',
      'user/runs/finished',
      'crashed',
      'crashed/runs',
    ]) {
      await writeFile(this.path(folder, USER_FILE), 'mine');
    }
  }

  async #makeRuns(work: string): Promise<void> {
    const whole = await this.#done(work, commands.train(work));
    await rename(this.path('run'), this.path('done'));

    const epochs = whole.operations.filter(
      ({ kind, path }) => kind === 'write' && path.endsWith('history.jsonl'),
    );
    await this.run(work, commands.train(work), { at: epochs[1]!, fault: 'kill-all' });
    await rename(this.path('run'), this.path('killed'));

    await cp(this.path('done'), this.path('run'), { recursive: true });
    await this.#done(work, commands.forecast(work, this.path('newer.csv')));
    await rename(this.path('run'), this.path('added'));
  }

  async #makeModel(work: string): Promise<void> {
    await mkdir(work);
    await cp(this.path('readings.csv'), join(work, 'readings.csv'));
    await this.#done(work, [...commands.train(work), '--seed', '2']);
    await this.#done(work, commands.export(work));
    await rename(join(work, 'model'), this.path('model'));
  }

  async #done(work: string, command: readonly string[]): Promise<Outcome> {
    const outcome = await this.run(work, command);
    if (outcome.code !== 0) throw new Error(`${command.join(' ')}: ${outcome.stderr}`);
    return outcome;
  }
}

/** Days of 2024, from one on up to another, with temperatures and humidities that have a rhythm. */
function readings(from: number, to: number): string {
  const rows = Array.from({ length: to - from }, (_, index) => {
    const day = from + index;
    const date = new Date(Date.UTC(2024, 0, 1 + day)).toISOString().slice(0, 10);
    const temperature = 10 + 8 * Math.sin(day / 9) + ((day * 37) % 11) / 5;
    const humidity = 60 + 10 * Math.cos(day / 7) + ((day * 53) % 13) / 3;
    return `${date},${temperature.toFixed(1)},${humidity.toFixed(1)}\n`;
  });
  return `date,temperature,humidity\n${rows.join('')}`;
}
