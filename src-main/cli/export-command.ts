import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Problem } from '../contract/problems';
import { SingleRun } from '../library';
import { FORECASTER_FILE } from '../forecaster';
import { kindOfFolder } from '../model';
import { requireOperands, requireText, UsageError } from './arguments';
import { jsonOption, type Command, type CommandContext } from './command';
import { serviceOn } from './training-run';

export const exportCommand: Command = {
  name: 'export',
  synopsis: 'DIR --format tfjs --out DIR2',
  summary:
    'Exports a run as files for other programs. Writes a TensorFlow.js LayersModel (model.json, weights.bin) with forecaster.json, which says all that forecasting with it needs, and series.csv. The model is loaded and compared before it is called done.',
  options: {
    format: { value: 'F', help: 'tfjs' },
    out: { value: 'DIR2', help: 'the folder for the files' },
    ...jsonOption,
  },
  async run(context) {
    const { args, terminal } = context;
    const [from = ''] = requireOperands(args, ['DIR']);
    const format = requireText(args, 'format');
    if (format !== 'tfjs') throw new UsageError(`--format is “${format}”, not tfjs`);
    const folder = await exportFolder(context, resolve(from), resolve(requireText(args, 'out')));
    terminal.say(`Exported to ${folder}`);
    terminal.result({ folder, format });
  },
};

/** Control-C ends it, and leaves what was there. @returns the destination. @throws Problem as `exportModel`, 'cancelled' */
export async function exportFolder(
  context: CommandContext,
  folder: string,
  destination: string,
): Promise<string> {
  const kind = await kindOfFolder(folder);
  if (kind === null) throw new Problem('file-missing', { file: join(folder, 'run.json') });
  // An export is exported again by way of the run that it becomes when it is taken in.
  const temporary = kind === 'export' ? await mkdtemp(join(tmpdir(), 'hindcast-export-')) : null;
  const store = new SingleRun(temporary ?? folder);
  const service = serviceOn(context, store);
  const cancel = (): void => void service.close();
  context.signal.addEventListener('abort', cancel);
  try {
    if (temporary !== null) await service.importForecaster(join(folder, FORECASTER_FILE));
    return await service.exportModel(store.id, destination);
  } catch (error) {
    throw context.signal.aborted ? new Problem('cancelled', {}, { cause: error }) : error;
  } finally {
    context.signal.removeEventListener('abort', cancel);
    await service.close();
    if (temporary !== null) await rm(temporary, { recursive: true, force: true });
  }
}
