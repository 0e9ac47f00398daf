import { resolve } from 'node:path';
import { SETTINGS } from '../contract/settings';
import { readRecord, readSeries } from '../library';
import { parseDevice, requireOperands, UsageError, type Arguments } from './arguments';
import { DEVICE_OPTION, JSON_OPTION, type Command } from './command';
import { describeResult, resultToJson, resumeInFolder } from './training-run';

export const resumeCommand: Command = {
  name: 'resume',
  synopsis: 'DIR [options]',
  summary:
    'Goes on with a training that was interrupted. It ends as if it had never stopped; a complete one can be trained further by giving it more epochs. Control-C interrupts it again, and nothing of it is lost.',
  options: {
    epochs: {
      value: 'N',
      help: 'most epochs, those before counted in (a learning rate that falls as a cosine then rises again)',
    },
    ...DEVICE_OPTION,
    ...JSON_OPTION,
  },
  async run(context) {
    const { args, terminal } = context;
    const [operand = ''] = requireOperands(args, ['DIR']);
    const folder = resolve(operand);
    const epochs = parseEpochs(args);
    parseDevice(args);
    const trained = await resumeInFolder(context, folder, epochs);
    for (const line of describeResult(trained)) terminal.say(line);
    const record = await readRecord(folder, folder);
    terminal.result({ ...resultToJson(record, await readSeries(folder, record.name), trained), folder });
  },
};

/** @throws UsageError */
function parseEpochs(args: Arguments): number | undefined {
  const text = args.text('epochs');
  if (text === undefined) return undefined;
  const { min, max } = SETTINGS.epochs;
  const epochs = Number(text);
  if (!Number.isInteger(epochs) || epochs < min || epochs > max) {
    throw new UsageError(`--epochs ${text} does not fit: it is a whole number from ${min} to ${max}`);
  }
  return epochs;
}
