import { EXPORT_FORMATS, type ExportFormat } from '../contract/export-formats';
import type { Forecaster } from '../forecaster';
import { FORMATS } from './formats';

/** README.txt: what lies in the folder, and how each example is run. */
export function readme(formats: readonly ExportFormat[], forecaster: Forecaster): string {
  const { target, inputs, window, horizon, step, calendar } = forecaster;
  const told = ({ name, unit }: { readonly name: string; readonly unit: string }): string =>
    unit === '' ? name : `${name} [${unit}]`;
  return [
    'A forecaster made by Hindcast',
    '=============================',
    '',
    `Forecasts ${told(target)} for the next ${horizon} steps (${step.label}) from the newest ${window}.`,
    `Readings, in this order: ${inputs.map(told).join('; ')}.`,
    ...(calendar.year || calendar.day
      ? ['The calendar is an input too: forecaster.json says how it is computed ("about").']
      : []),
    '',
    'series.csv        the readings, times by the station clock',
    'forecaster.json   all else that a forecast needs; Hindcast opens the model again with it',
    'weights.bin       the weights, for Hindcast',
    '',
    ...formats.flatMap((format) => {
      const { model, example } = EXPORT_FORMATS[format];
      return [`${model}, ${example}`, `  In this folder: ${FORMATS[format].run}`, ''];
    }),
    'Each example reads series.csv and prints the same forecast as Hindcast.',
    ...(forecaster.warnings.length === 0
      ? []
      : [
          'What is warned of is left out of the models and the examples: Hindcast warns of it when it opens forecaster.json,',
          'and "warnings" there holds all that another program computes the probabilities with ("about" says how).',
        ]),
    '',
  ].join('\n');
}
