import { parseBrokerAddress } from './broker-address';
import { JobWorker } from './job-worker';
import { digestWork, LIKENESS, TEST_TIMING } from './queue-job.fixture';

/** A worker as a process of its own, to be killed: the address of its broker is in its environment, its name behind it. */
const wish = { ...LIKENESS, name: process.argv[2] ?? '', device: 'CPU', jobs: 2 };

const begin = async (): Promise<void> => {
  const address = await parseBrokerAddress(process.env['HINDCAST_BROKER'] ?? '');
  const worker = await JobWorker.start(address, [digestWork], wish, { onNews: () => undefined }, TEST_TIMING);
  process.once('SIGTERM', () => void worker.close().then(() => process.exit(0)));
};
// The broker may be away at this moment.
const keepBeginning = (): void => void begin().catch(() => setTimeout(keepBeginning, TEST_TIMING.retryMs));
keepBeginning();
