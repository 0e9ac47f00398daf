import { JobWorker, readBrokerAddress, type WorkOf } from '../queue';
import { LIKENESS, TEST_TIMING } from '../queue/queue-job.fixture';
import { forkTrainer } from '../trainer';
import type { WorkplaceParts } from './local-workplace';
import { memberWork } from './member-job';
import { stationWork } from './station-job';
import { trialWork } from './trial-job';

/**
 * A worker as a process of its own, to be killed. Behind it: the file with the broker's address, the trainer's program, the
 * worker's name, and 'freezes' where its training is to stand still from the first epochs on that it lays with the broker.
 * It prints what becomes of jobs, and its trainers, a line of JSON each.
 */
const [, , addressFile = '', trainer = '', name = '', how = ''] = process.argv;

const tell = (news: object): void => void process.stdout.write(`${JSON.stringify(news)}\n`);
const pids: number[] = [];
const parts: WorkplaceParts = {
  startTrainer(device) {
    const started = forkTrainer(trainer, device);
    if (started.pid !== undefined) pids.push(started.pid);
    tell({ kind: 'trainer', pid: started.pid });
    return started;
  },
  device: 'auto',
};

const freezing =
  (work: WorkOf): WorkOf =>
  (contents) => {
    const { take, ...made } = work(contents);
    return {
      ...made,
      take(given) {
        const { ask, run } = take(given);
        return {
          ask,
          run: (hooks) =>
            run({
              ...hooks,
              leave: (step, pack) =>
                hooks.leave(step, () => {
                  for (const pid of pids) process.kill(pid, 'SIGSTOP');
                  return pack();
                }),
            }),
        };
      },
    };
  };

const wish = { ...LIKENESS, name, device: 'CPU', jobs: 1 };
const works = [stationWork(name, parts), memberWork(parts), trialWork(parts)];
void readBrokerAddress(addressFile).then(async (address) => {
  const timing = { ...TEST_TIMING, leaveMs: 0 };
  const worker = await JobWorker.start(
    address,
    how === 'freezes' ? works.map(freezing) : works,
    wish,
    { onNews: tell },
    timing,
  );
  process.once('SIGTERM', () => void worker.close().then(() => process.exit(0)));
});
