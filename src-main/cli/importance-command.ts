import { resolve } from 'node:path';
import { describeDispensable, type Rise } from '../contract/importance';
import { formatWithUnit } from '../contract/format';
import { requireOperands } from './arguments';
import { JSON_OPTION, type Command } from './command';
import { withRun } from './run-folder';
import { formatTable } from './terminal';

export const importanceCommand: Command = {
  name: 'importance',
  synopsis: 'DIR',
  summary:
    'Measures what each input and each reading of the window is worth. DIR is the folder of a run. On the held-back part each is shown from another time (blocks of days change places) and the rise of the RMSE is told, over ten repeats.',
  options: JSON_OPTION,
  async run(context) {
    const { args, terminal } = context;
    const [folder = ''] = requireOperands(args, ['DIR']);
    const importance = await withRun(context, resolve(folder), (service, id) =>
      service.questions.ask('measureImportance', { runId: id }, ({ done, total }) =>
        terminal.progress(`Shuffled ${done} of ${total} times`),
      ),
    );
    const { unit, inputs, lags, rmse, windows, repeats } = importance;
    const row = (name: string, { mean, low, high }: Rise): string[] => [
      name,
      `+${formatWithUnit(mean, unit)}`,
      `${formatWithUnit(low, '')} to ${formatWithUnit(high, unit)}`,
    ];
    terminal.say(
      `RMSE ${formatWithUnit(rmse, unit)} on ${windows} windows; its rise when shuffled, and the range of ${repeats} repeats:`,
    );
    terminal.say();
    for (const line of formatTable([
      ['input', 'rise', 'range'],
      ...inputs.map((each) => row(each.name, each)),
    ])) {
      terminal.say(line);
    }
    terminal.say();
    for (const line of formatTable([
      ['readings before', 'rise', 'range'],
      ...lags.map((each) =>
        row(each.from === each.to ? String(each.from) : `${each.from} to ${each.to}`, each),
      ),
    ])) {
      terminal.say(line);
    }
    terminal.say();
    terminal.say(describeDispensable(importance));
    terminal.result({ ...importance, sentence: describeDispensable(importance) });
  },
};
