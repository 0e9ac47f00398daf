import type { Language } from '../../contract/language';
import { countFilled } from '../../contract/series';
import { forecastFrom } from '../../forecaster';
import { reportToHtml } from '../../report';
import { summarisePreparation, targetVariable } from '../../series';
import { newestSeries } from './log-tasks';
import { measuredBy, type WrittenReport } from '../../model/measured';
import { assemble, verifyAssembled } from './result-tasks';
import { forecasterOf } from '../../model/trained-run';

/** @throws Problem as `verifyTask` */
export async function reportTask(folder: string, language: Language): Promise<WrittenReport> {
  const assembled = await assemble(folder);
  const { trained } = assembled;
  const { record, series } = trained;
  const verification = verifyAssembled(assembled);
  const measured = measuredBy(verification);
  const summary = summarisePreparation(series, record.settings);
  const { train, validation, test, parts, inputNames, parameterCount, toldByLater } = summary;
  const html = reportToHtml(
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
      },
      inputNames,
      settings: record.settings,
      parameterCount,
      epochs: record.epochs,
      keptEpoch: record.keptEpoch,
      parts,
      windows: { train, validation, test },
      verification,
      forecast: forecastFrom(forecasterOf(trained, measured), await newestSeries(folder, trained)),
      versions: record.versions,
    },
    language,
  );
  return { html, measured };
}
