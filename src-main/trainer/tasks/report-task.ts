import type { Language } from '../../contract/language';
import { countFilled } from '../../contract/series';
import { forecastFrom } from '../../forecaster';
import { reportToHtml } from '../../report';
import { summarisePreparation, targetVariable } from '../../series';
import { newestSeries } from './log-tasks';
import { measuredBy } from '../../model/measured';
import { assemble, forecasterWithWarnings, verifyAssembled } from './result-tasks';
import type { TaskNews, TrainerFunctions } from '../processes/protocol';

/** @throws Problem as `assemble` */
async function writeReport(
  folder: string,
  language: Language,
  tell: (news: TaskNews) => void,
): Promise<string> {
  const assembled = await assemble(folder);
  const { trained } = assembled;
  const { record, series } = trained;
  const verification = verifyAssembled(assembled);
  const measured = measuredBy(verification);
  tell({ kind: 'measured', measured });
  const summary = summarisePreparation(series, record.settings);
  const { train, validation, test, parts, inputNames, parameterCount, toldByLater } = summary;
  return reportToHtml(
    {
      name: record.name,
      sourceFile: record.sourceFile,
      trainedAt: record.createdAt,
      madeAt: Date.now(),
      data: {
        rows: series.time.length,
        from: series.time[0]!,
        to: series.time[series.time.length - 1]!,
        stepLabel: series.step.label,
        filled: countFilled(targetVariable(series)),
        toldByLater,
        struck: record.columns.flatMap(({ name: column, struck = [] }) =>
          struck.map((span) => ({ column, ...span })),
        ),
      },
      inputNames,
      settings: record.settings,
      parameterCount,
      epochs: record.epochs,
      keptEpoch: record.keptEpoch,
      parts,
      windows: { train, validation, test },
      verification,
      forecast: forecastFrom(
        forecasterWithWarnings(assembled, measured, tell),
        await newestSeries(folder, trained),
      ),
      versions: record.versions,
    },
    language,
  );
}

export const reportTasks = {
  report: ({ folder, language }, tell) => writeReport(folder, language, tell),
} satisfies Partial<TrainerFunctions>;
