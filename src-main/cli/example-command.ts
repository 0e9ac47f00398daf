import { join, resolve } from 'node:path';
import { Problem } from '../contract/problems';
import { presetSettings } from '../contract/settings';
import { sampleSource } from '../dataset';
import { writeAtomically } from '../files/atomic';
import { forecastToSvg } from '../drawing';
import { forecastFrom, forecastToCsv } from '../forecaster';
import { readRecord, type NewRun } from '../library';
import { newRunOf, readForecaster } from '../model';
import { requireOperands, requireText } from './arguments';
import { JSON_OPTION, type Command } from './command';
import { exportFolder } from './export-command';
import { describeForecast } from './forecast-command';
import { formatInstant } from '../series';
import { withReadings } from './readings';
import { describeResult, resultToJson, trainIntoFolder } from './training-run';
import { describeWork } from './work-lines';

/** Days of the example's forecast: enough to see it lean towards the season. */
const EXAMPLE_HORIZON = 7;

/** The example may be gone through again in the same folder; a run of the user's that lies there stays. */
const isOfExample = (folder: string, { sourceFile, name }: NewRun): Promise<boolean> =>
  readRecord(folder, folder).then(
    (before) => before.sourceFile === sourceFile && before.name === name,
    () => false,
  );

export const exampleCommand: Command = {
  name: 'example',
  synopsis: '--out DIR',
  summary:
    'Goes the whole way once with the bundled readings of Seattle: import, train, verify, forecast, export.',
  options: { out: { value: 'DIR', help: 'the folder for the forecast and the model' }, ...JSON_OPTION },
  async run(context) {
    const { args, terminal, installation } = context;
    requireOperands(args, []);
    const folder = resolve(requireText(args, 'out'));
    await withReadings(context, sampleSource('seattle', installation.resources), async (reader, summary) => {
      const { suggestion, range } = summary;
      if (suggestion === null || range === null) {
        throw new Problem('no-time-column', { file: summary.fileName });
      }
      terminal.say(
        `1. Import: ${summary.rows} daily readings, ${formatInstant(range.from)} to ${formatInstant(range.to)}`,
      );
      const series = await reader.series(summary.id, suggestion);
      const settings = { ...presetSettings('recommended', series.step.seconds), horizon: EXAMPLE_HORIZON };
      const run = newRunOf(summary, suggestion, settings);
      terminal.say('2. Train');
      for (const line of describeWork(run, series)) terminal.say(`   ${line}`);
      const runFolder = join(folder, 'run');
      const replaces = await isOfExample(runFolder, run);
      const trained = await trainIntoFolder(context, runFolder, run, series, { replaces });
      terminal.say('3. Verify');
      for (const line of describeResult(trained)) terminal.say(`   ${line}`.trimEnd());

      const { forecaster } = await readForecaster(runFolder);
      const forecast = forecastFrom(forecaster, series);
      terminal.say('4. Forecast');
      for (const line of describeForecast(forecast)) terminal.say(`   ${line}`);
      await writeAtomically(join(folder, 'forecast.csv'), forecastToCsv(forecast));
      await writeAtomically(join(folder, 'forecast.svg'), forecastToSvg(forecast));

      terminal.say('5. Export');
      const { folder: model } = await exportFolder(context, runFolder, join(folder, 'model'), ['tfjs']);
      terminal.say('   The exported model gives the same numbers in TensorFlow.js');
      terminal.say();
      terminal.say(`forecast.csv, forecast.svg, the exported model and the run lie in ${folder}`);
      terminal.result({ ...resultToJson(run, series, trained), folder, model });
    });
  },
};
