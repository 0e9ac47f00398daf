import { hostname } from 'node:os';
import { JobWorker, type WorkerNews } from '../queue';
import { forkTrainer } from '../trainer';
import { memberWork, stationWork, trialWork } from '../workplace';
import { parseDevice, parseJobs, requireOperands, UsageError, type Arguments } from './arguments';
import { BROKER_OPTION, likenessOf, parseBroker } from './broker-options';
import { DEVICE_OPTION, JSON_OPTION, type Command } from './command';

const MOST_NAME_CHARACTERS = 100;

export const workerCommand: Command = {
  name: 'worker',
  synopsis: '--broker URL [--jobs N] [--name NAME]',
  summary:
    'Takes work from a broker and does it on this machine: stations of fleets are trained and verified, trials of searches and networks of ensembles trained. It may be started and ended at any time: Control-C hands back what is not done, as far as it is, and what a killed worker was at is done by another. It takes nothing from a Hindcast of another version, which would give other numbers, and says so.',
  options: {
    ...BROKER_OPTION,
    jobs: { value: 'N', help: 'how many it does at a time; 1 if left out' },
    name: {
      value: 'NAME',
      help: 'what it is called in the records of what it trains; the name of the machine if left out',
    },
    ...DEVICE_OPTION,
    ...JSON_OPTION,
  },
  async run(context) {
    const { args, terminal, installation, signal } = context;
    requireOperands(args, []);
    const jobs = parseJobs(args) ?? 1;
    const name = parseName(args);
    const address = await parseBroker(args);
    if (address === null) throw new UsageError('--broker is missing');
    const device = parseDevice(args);
    const likeness = await likenessOf(context);
    const parts = {
      startTrainer: (where: typeof device) => forkTrainer(installation.trainerEntry, where),
      device,
    };
    let done = 0;
    const onNews = (news: WorkerNews): void => {
      if (news.kind === 'done') done += 1;
      terminal.say(describeNews(news));
    };
    const worker = await JobWorker.start(
      address,
      [stationWork(name, parts), memberWork(parts), trialWork(parts)],
      { ...likeness, name, jobs },
      { onNews },
    );
    terminal.say(
      `“${name}” (Hindcast ${likeness.version}, ${likeness.kernels} kernels, ${likeness.device}) works for the broker at ${address.place}, ${jobs} at a time`,
    );
    await new Promise<void>((end) => {
      if (signal.aborted) end();
      else signal.addEventListener('abort', () => end(), { once: true });
    });
    await worker.close();
    terminal.say(`${done} done`);
    terminal.result({ name, done });
  },
};

/** @throws UsageError */
function parseName(args: Arguments): string {
  const name = (args.text('name') ?? hostname()).trim();
  if (name === '' || name.length > MOST_NAME_CHARACTERS)
    throw new UsageError(`--name is to have 1 to ${MOST_NAME_CHARACTERS} characters`);
  return name;
}

function describeNews(news: WorkerNews): string {
  switch (news.kind) {
    case 'taken':
      return `${short(news.job)}: taken`;
    case 'goes-on':
      return `${short(news.job)}: goes on after epoch ${news.step}, where another worker left it`;
    case 'done':
      return `${short(news.job)}: done`;
    case 'given-up':
      return `${short(news.job)}: given up by who asked for it`;
    case 'handed-back':
      return `${short(news.job)}: handed back`;
    case 'failed':
      return `${short(news.job)}: ${news.problem.message}`;
    case 'rests':
      return `Takes nothing for ${news.seconds} s, so that another machine can try that`;
    case 'others':
      return `Work of Hindcast ${news.version} with ${news.kernels} kernels waits there; this is another and takes none of it`;
    case 'reach':
      return news.isReached ? 'The broker is there again' : 'The broker is away; what was begun goes on';
  }
}

/** Enough of a job's number to tell it from others. */
const short = (job: string): string => job.slice(0, 8);
