import { resolve } from 'node:path';
import { mappingFor, verifyOnNewer } from '../forecaster';
import { readForecaster } from '../model';
import { requireOperands } from './arguments';
import { JSON_OPTION, type Command } from './command';
import { formatInstant } from '../series';
import { withReadings } from './readings';
import { describeScores, scoresToJson } from './training-run';

export const verifyCommand: Command = {
  name: 'verify',
  synopsis: 'DIR FILE',
  summary:
    'Scores a trained model on the newer readings of a file. DIR is the folder of a run or of an export. Only readings after the last one that was trained on count; neither the model nor the baselines learn from them.',
  options: JSON_OPTION,
  async run(context) {
    const { args, terminal } = context;
    const [folder = '', file = ''] = requireOperands(args, ['DIR', 'FILE']);
    const { forecaster, series } = await readForecaster(resolve(folder));
    const newer = await withReadings(context, file, (reader, summary) =>
      reader.series(summary.id, mappingFor(forecaster, summary)),
    );
    const verification = verifyOnNewer(forecaster, series, newer);
    const { time } = verification;
    const [from, to] = [time[0], time[time.length - 1]].map((moment) => formatInstant(moment ?? 0));
    terminal.say(`${time.length} windows of newer readings, ${from} to ${to}`);
    terminal.say();
    for (const line of describeScores(verification, 'on newer readings')) terminal.say(line);
    terminal.result({ windows: time.length, from, to, ...scoresToJson(verification) });
  },
};
