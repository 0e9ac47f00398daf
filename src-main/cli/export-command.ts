import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import {
  EXPORT_FORMAT_NAMES,
  EXPORT_FORMATS,
  type ExportFormat,
  type ExportReport,
} from '../contract/export-formats';
import { formatBytes, formatDifference } from '../contract/format';
import { Problem } from '../contract/problems';
import { SingleRun } from '../library';
import { FORECASTER_FILE } from '../forecaster';
import { kindOfFolder } from '../model';
import { requireOperands, requireText, UsageError } from './arguments';
import { JSON_OPTION, type Command, type CommandContext } from './command';
import { serviceOn } from './training-run';

const names = EXPORT_FORMAT_NAMES.join(',');

export const exportCommand: Command = {
  name: 'export',
  synopsis: `DIR --format ${names} --out DIR2`,
  summary:
    'Exports a run as files for other programs, in one format or several. Beside them lie forecaster.json, which says all that forecasting with them needs, series.csv, an example program for each format, and README.txt. Each model is opened and compared with the trained one before it is called done.',
  options: {
    format: { value: 'F,F', help: `of ${names}` },
    out: { value: 'DIR2', help: 'the folder for the files' },
    ...JSON_OPTION,
  },
  async run(context) {
    const { args, terminal } = context;
    const [from = ''] = requireOperands(args, ['DIR']);
    const formats = readFormats(requireText(args, 'format'));
    const report = await exportFolder(context, resolve(from), resolve(requireText(args, 'out')), formats);
    terminal.say(`Exported to ${report.folder}`);
    for (const line of exportLines(report)) terminal.say(line);
    terminal.result(report);
  },
};

/** In the order of the formats, each once. @throws UsageError */
function readFormats(text: string): readonly ExportFormat[] {
  const asked = text.split(',').map((name) => name.trim());
  const unknown = asked.find((name) => !EXPORT_FORMAT_NAMES.some((format) => format === name));
  if (unknown !== undefined) throw new UsageError(`--format is “${unknown}”, not one of ${names}`);
  return EXPORT_FORMAT_NAMES.filter((format) => asked.includes(format));
}

function exportLines({ formats, files, unit }: ExportReport): readonly string[] {
  const bytesOf = (name: string): number => files.find((file) => file.name === name)?.bytes ?? 0;
  return formats.map(({ format, check, workingBytes }) => {
    const { model, example } = EXPORT_FORMATS[format];
    const memory = workingBytes === undefined ? '' : `, and ${formatBytes(workingBytes)} of memory`;
    const found =
      check.kind === 'checked'
        ? `checked by ${check.by} on ${check.windows} windows: greatest difference ${formatDifference(check.difference, unit)} (${formatDifference(check.share, '')} of the target’s spread)`
        : 'not run: there is no C compiler here';
    return `  ${model} (${formatBytes(bytesOf(model))}${memory}), ${example}: ${found}`;
  });
}

/** Control-C ends it, and leaves what was there. @throws Problem as `exportModel`, 'cancelled' */
export async function exportFolder(
  context: CommandContext,
  folder: string,
  destination: string,
  formats: readonly ExportFormat[],
): Promise<ExportReport> {
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
    return await service.exportModel(store.id, destination, formats);
  } catch (error) {
    throw context.signal.aborted ? new Problem('cancelled', {}, { cause: error }) : error;
  } finally {
    context.signal.removeEventListener('abort', cancel);
    await service.close();
    if (temporary !== null) await rm(temporary, { recursive: true, force: true });
  }
}
