import { describeCleaning } from '../contract/cleaning';
import { CleaningService } from '../services';
import { forkTrainer } from '../trainer';
import { parseDevice } from './arguments';
import type { Command } from './command';
import { trainCommand, withJob } from './train-command';

const { out: _out, force: _force, broker: _broker, ...trainOptions } = trainCommand.options;

export const cleaningCommand: Command = {
  name: 'cleaning',
  synopsis: 'FILE [--target COL] [--strike COL=FROM..TO] [options]',
  summary:
    'Says what cleaning did to the score. The same settings are trained on the readings as they are in the file and on the mended ones: without those that no weather gives, and without those that --strike takes out. Both are judged on the same windows of the held-back part. Nothing is kept; the options are those of train.',
  options: trainOptions,
  async run(context) {
    const { args, terminal, installation, signal } = context;
    await withJob(context, async (run, series, { reader, summary, mapping }) => {
      const cleaning = new CleaningService({
        startTrainer: (device) => forkTrainer(installation.trainerEntry, device),
        device: parseDevice(args),
      });
      const cancel = (): void => cleaning.cancel();
      signal.addEventListener('abort', cancel);
      const asRead = await reader.series(summary.id, { ...mapping, asRead: true });
      const { parts } = await reader.check(summary.id, mapping, run.settings);
      const effect = await cleaning.measure({ run, series: asRead }, { run, series }, parts, (progress) =>
        terminal.progress(
          `${progress.verifying ? 'Verifying what was trained' : 'Training twice'}: ${Math.round(100 * progress.fraction)} %`,
        ),
      );
      signal.removeEventListener('abort', cancel);
      terminal.say(describeCleaning(effect));
      terminal.result({ ...effect, sentence: describeCleaning(effect) });
    });
  },
};
