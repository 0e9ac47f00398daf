import { appendFileSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { resolve } from 'node:path';
import { benchFleet } from './fleet-bench';
import { fleetLines, fleetSection, fleetSectionOf, withFleetSection } from './fleet-report';
import { benchImport, importLines, runImport } from './import';
import {
  journeyFiles,
  readExpected,
  readJourneys,
  sampleFiles,
  travel,
  type Journey,
  type JourneyFile,
} from './journeys';
import { journeyLine, journeysDocument } from './journeys-report';
import { benchExecutions, benchMemory, benchShape, type BenchResult, type MemoryResult } from './measure';
import {
  benchDocument,
  describeShape,
  executionLines,
  memoryLine,
  resultLines,
  type Machine,
} from './report';
import {
  runHindcast,
  runHindcastExecutions,
  runHindcastMemory,
  runHindcastStart,
  runHindcastWarm,
} from './run-hindcast';
import { runTfjsLayers } from './run-tfjs-layers';
import { benchMos } from './mos';
import { MOS_HEADING, mosSection } from './mos-report';
import { MEMORY_SHAPES, SHAPES, type BenchShape } from './shapes';
import { parseDataSet, verifyDataSet, type DataSet, type DataSetResult } from './verification';
import { verificationDocument } from './verification-report';

const say = (line: string): boolean => process.stdout.write(`${line}\n`);
const complain = (line: string): boolean => process.stderr.write(`${line}\n`);

const help = `npm run bench -- [--shape NAME] [--json] [--write] [--executions]

Times Hindcast's training step beside tfjs-layers on tfjs-node and, where the Python interpreter (HINDCAST_PYTHON, else
python3) can import torch, PyTorch. Medians of rounds in which all take turns. Takes about four minutes for all shapes.

  verification NAME=FILE::TARGET[::FIRST-DAY] ... [--seeds 1,2,3] [--write]
                 instead trains the Recommended settings on files of readings and says how good they are, and how
                 often their intervals hold; --write writes docs/verification.md
  journeys FOLDER|FILE ... [--without NAME] [--kept FILE] [--write]
                 instead opens each file, trains what is suggested for it, and says how that does beside the baselines;
                 --without leaves out a folder or file of that name; --kept keeps each result there as a line and
                 takes those that are there already; --write writes docs/journeys.md
  fleet [--stations 60] [--epochs 30] [--trials 10000] [--write]
                 instead trains made stations in this machine's pool and by a broker with one and two workers, and
                 hands small jobs in; --write puts the table into docs/bench.md. Takes about ten minutes
  mos FILE [--write]
                 instead corrects a weather service on the public Seoul LDAPS set; --write writes the last section of
                 docs/verification.md
  import         instead times the opening of a long file, beside pandas where Python has it
  --shape NAME   only this one of: ${SHAPES.map(({ name }) => name).join(', ')}
  --json         prints the results as JSON on the last line
  --write        writes the tables to docs/bench.md (all shapes only)
  --executions   instead times other numbers of steps a run ("9x1": 9 steps, 1 shard) and shards than the engine chooses`;

interface Options {
  readonly shapes: readonly BenchShape[];
  readonly json: boolean;
  readonly write: boolean;
  readonly executions: boolean;
}

/** Null: not understood. */
function readOptions(args: readonly string[]): Options | null {
  let [shapes, json, write, executions] = [SHAPES, false, false, false];
  for (let index = 0; index < args.length; index++) {
    if (args[index] === '--json') json = true;
    else if (args[index] === '--write') write = true;
    else if (args[index] === '--executions') executions = true;
    else if (args[index] === '--shape') {
      const wanted = args[++index];
      shapes = SHAPES.filter(({ name }) => name === wanted);
    } else return null;
  }
  if (shapes.length === 0 || (write && shapes !== SHAPES)) return null;
  return { shapes, json, write, executions };
}

function describeMachine(): Machine {
  return {
    processor: (cpus()[0]?.model ?? 'unknown processor').trim(),
    cores: cpus().length,
    node: process.versions.node,
    platform: process.platform,
    date: new Date().toISOString().slice(0, 10),
  };
}

/** Exit codes: 0 done, 1 failed, 2 not understood. */
async function main(args: readonly string[]): Promise<number> {
  if (args.includes('--help')) {
    say(help);
    return 0;
  }
  if (args[0] === 'import') {
    const result = await benchImport();
    for (const line of importLines(result)) say(line);
    if (args.includes('--json')) say(JSON.stringify(result));
    return 0;
  }
  if (args[0] === 'fleet') return await benchFleetOf(args.slice(1));
  if (args[0] === 'journeys') return await benchJourneys(args.slice(1));
  if (args[0] === 'verification') return await benchVerification(args.slice(1));
  if (args[0] === 'mos' && args[1] !== undefined) {
    const section = mosSection(describeMachine(), await benchMos(args[1], say));
    if (args.includes('--write')) writeMos(section);
    else say(section);
    return 0;
  }
  const options = readOptions(args);
  if (!options) {
    complain(help);
    return 2;
  }
  const machine = describeMachine();
  say(`${machine.processor}, ${machine.cores} cores, Node ${machine.node}`);
  if (options.executions) {
    for (const shape of options.shapes) {
      say(`${shape.name}: ${describeShape(shape)}`);
      for (const line of executionLines(await benchExecutions(shape))) say(`  ${line}`);
    }
    return 0;
  }
  const entries: { shape: BenchShape; result: BenchResult }[] = [];
  for (const shape of options.shapes) {
    say(`${shape.name}: ${describeShape(shape)}`);
    const result = await benchShape(shape);
    entries.push({ shape, result });
    for (const line of resultLines(shape, result)) say(`  ${line}`);
  }
  if (options.shapes.some(({ name }) => name === 'large')) {
    const memory: MemoryResult[] = [];
    for (const shape of MEMORY_SHAPES) memory.push(await benchMemory(shape));
    for (const result of memory) say(memoryLine(result));
    if (options.write) {
      const file = resolve('docs', 'bench.md');
      const fleet = fleetSectionOf(readFileSync(file, 'utf8'));
      const document = benchDocument(machine, entries, memory);
      writeFileSync(file, fleet === '' ? document : withFleetSection(document, fleet));
      say(`Written: ${file}`);
    }
  }
  if (options.json) say(JSON.stringify(entries.map(({ result }) => result)));
  return 0;
}

async function benchJourneys(args: readonly string[]): Promise<number> {
  const [paths, without]: [string[], string[]] = [[], []];
  let [write, keptIn] = [false, ''];
  for (let index = 0; index < args.length; index++) {
    const arg = args[index] ?? '';
    if (arg === '--write') write = true;
    else if (arg === '--kept') keptIn = args[++index] ?? '';
    else if (arg === '--without') without.push(args[++index] ?? '');
    else paths.push(arg);
  }
  const known = await readExpected(resolve('docs', 'journeys-expected.json'));
  const files = [...sampleFiles(resolve('resources')), ...(await journeyFiles(paths, without, known))];
  const kept = keptIn === '' ? [] : await readJourneys(keptIn);
  const journeys: Journey[] = [];
  const place = ({ name }: { readonly name: string }): number =>
    files.findIndex((file) => file.name === name);
  const keep = (): void => {
    const document = journeysDocument(
      describeMachine(),
      journeys.slice().sort((a, b) => place(a) - place(b)),
    );
    if (write) writeFileSync(resolve('docs', 'journeys.md'), document);
    else say(document);
  };
  // The small ones first: most rows of the table stand soon.
  const size = ({ source }: JourneyFile): number => statSync(source.path).size;
  for (const file of files.slice().sort((a, b) => size(a) - size(b))) {
    const known = kept.find(({ name }) => name === file.name);
    const journey = known ?? (await travel(file));
    say(journeyLine(journey));
    journeys.push(journey);
    if (known === undefined && keptIn !== '') appendFileSync(keptIn, `${JSON.stringify(journey)}\n`);
    // Hours of trainings are not lost with the last.
    if (write) keep();
  }
  if (!write) keep();
  return 0;
}

/** What was measured by hand stands behind, and stays. */
function writeBeforeHandmade(path: string, document: string): void {
  const before = existsSync(path) ? readFileSync(path, 'utf8') : '';
  const at = before.indexOf(HANDMADE);
  writeFileSync(path, at < 0 ? document : `${document.trimEnd()}\n\n${before.slice(at)}`);
}

async function benchFleetOf(args: readonly string[]): Promise<number> {
  const options = { stations: 60, epochs: 30, trials: 10_000 };
  let [write, json] = [false, false];
  for (let index = 0; index < args.length; index++) {
    const name = (args[index] ?? '').replace(/^--/, '');
    const count = Number(args[index + 1]);
    if (name === 'write') write = true;
    else if (name === 'json') json = true;
    else if (isFleetOption(name) && Number.isInteger(count) && count > 1) {
      options[name] = count;
      index += 1;
    } else {
      complain(help);
      return 2;
    }
  }
  const result = await benchFleet(options, say);
  for (const line of fleetLines(result)) say(line);
  if (write) {
    const file = resolve('docs', 'bench.md');
    const section = fleetSection(describeMachine(), result);
    writeFileSync(file, withFleetSection(readFileSync(file, 'utf8'), section));
    say(`Written: ${file}`);
  }
  if (json) say(JSON.stringify(result));
  return 0;
}

/** The first heading of what is in docs/verification.md beside the bench's own. */
const HANDMADE = '## The Zambretti forecaster';
const FLEET_OPTIONS = ['stations', 'epochs', 'trials'] as const;
const isFleetOption = (name: string): name is (typeof FLEET_OPTIONS)[number] =>
  (FLEET_OPTIONS as readonly string[]).includes(name);

/** Its section is the last of the page. */
function writeMos(section: string): void {
  const path = resolve('docs', 'verification.md');
  const [before = ''] = readFileSync(path, 'utf8').split(MOS_HEADING);
  writeFileSync(path, `${before.trimEnd()}\n\n${section}`);
}

async function benchVerification(args: readonly string[]): Promise<number> {
  const sets: (DataSet | null)[] = [];
  let [seeds, write] = [[1, 2, 3], false];
  for (let index = 0; index < args.length; index++) {
    if (args[index] === '--write') write = true;
    else if (args[index] === '--seeds') seeds = (args[++index] ?? '').split(',').map(Number);
    else sets.push(parseDataSet(args[index] ?? ''));
  }
  const understood = sets.filter((set) => set !== null);
  if (understood.length !== sets.length || sets.length === 0 || !seeds.every(Number.isInteger)) {
    complain(help);
    return 2;
  }
  const results: DataSetResult[] = [];
  for (const set of understood) results.push(await verifyDataSet(set, seeds, say));
  const document = verificationDocument(describeMachine(), seeds, results);
  if (write) writeBeforeHandmade(resolve('docs', 'verification.md'), document);
  else say(document);
  return 0;
}

async function runContender(runner: string | undefined, shapeName: string | undefined): Promise<number> {
  if (runner === 'import') {
    await runImport(shapeName ?? '');
    return 0;
  }
  const shape = [...SHAPES, ...MEMORY_SHAPES].find(({ name }) => name === shapeName);
  const [smallest] = SHAPES;
  if (!shape || !smallest) return 2;
  if (runner === 'hindcast') await runHindcast(shape);
  else if (runner === 'hindcast-start') await runHindcastStart(shape);
  else if (runner === 'hindcast-warm') await runHindcastWarm(shape);
  else if (runner === 'hindcast-executions') await runHindcastExecutions(shape);
  else if (runner === 'hindcast-memory') await runHindcastMemory(shape, smallest);
  else await runTfjsLayers(shape);
  return 0;
}

const args = process.argv.slice(2);
const running = args[0] === '--runner' ? runContender(args[1], args[2]) : main(args);
running.then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    complain(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  },
);
