import { resolve } from 'node:path';
import { formatWithUnit } from '../contract/format';
import { entriesOf } from '../contract/results';
import { describeRolling, rollingOptionsSchema, type RollingOptions } from '../contract/rolling';
import { misfit, requireOperands, requireText, type Arguments } from './arguments';
import { JSON_OPTION, type Command } from './command';
import { withRun } from './run-folder';
import { formatTable } from './terminal';
import { METHOD_NAMES } from './training-run';

function readOptions(args: Arguments): RollingOptions {
  const every = requireText(args, 'every');
  const parsed = rollingOptionsSchema.safeParse({
    every: Number(every),
    restart: args.text('start') ?? 'warm',
  });
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const option = issue?.path[0] === 'every' ? `--every ${every}` : `--start ${args.text('start')}`;
  throw misfit(option, parsed.error.issues);
}

export const hindcastCommand: Command = {
  name: 'hindcast',
  synopsis: 'DIR --every K [--start warm|anew]',
  summary:
    'Goes through the held-back part origin by origin and trains the model again on its way. DIR is the folder of a run, which stays as it is. After every K forecasts model and baselines learn again from all that was known by then; the scores stand beside those of the frozen model.',
  options: {
    every: { value: 'K', help: 'forecasts between two trainings' },
    start: { value: 'S', help: 'from the weights there are (warm, the default) or from new ones (anew)' },
    ...JSON_OPTION,
  },
  async run(context) {
    const { args, terminal } = context;
    const [folder = ''] = requireOperands(args, ['DIR']);
    const options = readOptions(args);
    const rolled = await withRun(context, resolve(folder), (service, id) =>
      service.questions.ask('rollHindcast', { runId: id, options }, ({ done, total, secondsLeft }) => {
        const left = secondsLeft === null ? '' : `, about ${Math.ceil(secondsLeft)} s left`;
        terminal.progress(`Trained again ${done} of ${total} times${left}`);
      }),
    );
    const { unit, windows, trainings, seconds, frozen, retrained } = rolled;
    terminal.say(`${windows} windows, trained again ${trainings} times in ${seconds.toFixed(1)} s`);
    terminal.say();
    for (const line of formatTable([
      ['RMSE on the held-back part', 'frozen', 'trained again'],
      ...entriesOf(retrained).map(([method, { rmse }]) => [
        METHOD_NAMES[method],
        formatWithUnit(frozen[method]?.rmse ?? NaN, unit),
        formatWithUnit(rmse, unit),
      ]),
    ])) {
      terminal.say(line);
    }
    terminal.say();
    terminal.say(describeRolling(rolled));
    terminal.result({ ...rolled, sentence: describeRolling(rolled) });
  },
};
