import type { FleetBenchResult } from './fleet-bench';
import { table, type Machine } from './report';

/** What is extrapolated to. */
const NATION = 5000;
const GOALS = { efficiency: 0.9, overhead: 0.05 };
const HEADING = '## Many stations';
/** Above so many waiting processes a core, times are those of a busy machine. */
const QUIET_LOAD = 0.5;

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(bytes < 1e7 ? 2 : 0)} MB`;
const duration = (minutes: number): string =>
  minutes < 120 ? `${minutes.toFixed(0)} min` : `${(minutes / 60).toFixed(1)} h`;

export function fleetLines(result: FleetBenchResult): string[] {
  const { pool, oneWorker, twoWorkers, efficiency, overhead, cpuOverhead, otherNumbers, queue } = result;
  return [
    `pool ${pool.jobsPerMinute.toFixed(1)}, one worker ${oneWorker.jobsPerMinute.toFixed(1)}, two ${twoWorkers.jobsPerMinute.toFixed(1)} jobs a minute`,
    `two workers are ${percent(efficiency)} of twice one; the goal is ${percent(GOALS.efficiency)}`,
    `the broker costs ${percent(overhead)} of a job; the goal is at most ${percent(GOALS.overhead)}`,
    `in CPU time it costs ${percent(cpuOverhead)}`,
    `${otherNumbers} stations have other numbers than in the pool`,
    `small jobs: ${queue.jobsPerSecond.toFixed(0)} a second, ${queue.cpuMsPerJob.toFixed(2)} ms of CPU and ${queue.bytesPerJob.toFixed(0)} bytes each`,
  ];
}

/** The section of docs/bench.md. */
export function fleetSection({ processor, date, node }: Machine, result: FleetBenchResult): string {
  const { stations, epochs, trials, cores, keepsToCores, loadBefore, fileBytes, stored, queue } = result;
  const { pool, oneWorker, twoWorkers, efficiency, overhead, cpuOverhead, otherNumbers } = result;
  const cpu = ({ cpuSecondsPerJob }: { readonly cpuSecondsPerJob: number }): string =>
    cpuSecondsPerJob.toFixed(2);
  const rate = ({ jobsPerMinute }: { readonly jobsPerMinute: number }): string => jobsPerMinute.toFixed(1);
  const each = (of: keyof typeof stored.after): number => (stored.after[of] - stored.before[of]) / stations;
  const busy =
    loadBefore > QUIET_LOAD * cores
      ? `\n**The machine was busy** (load ${loadBefore.toFixed(1)} on ${cores} cores before it began): these numbers say less than those of a quiet one.\n`
      : '';
  return `${HEADING}

Made by \`npm run bench -- fleet --write\` on ${date}: ${processor}, ${cores} cores, Node ${node}. ${stations} stations made of the
bundled sample of Seattle (400 to 1,400 days, gaps, °C or °F; ${megabytes(fileBytes)} of files), Recommended with at most ${epochs} epochs. Jobs are
counted from the first result to the last. ${keepsToCores ? 'Each worker is kept to one core; with one worker the broker and the command share that core, with two they float.' : 'Processes could not be kept to one core here.'}
${busy}
${table(
  ['where', 'jobs a minute', 'CPU seconds a job', 'seconds in all', ''],
  [
    ['in the pool of the command, one at a time', rate(pool), cpu(pool), pool.seconds.toFixed(1), ''],
    [
      'a broker, 1 worker',
      rate(oneWorker),
      cpu(oneWorker),
      oneWorker.seconds.toFixed(1),
      `${percent(Math.abs(overhead))} ${overhead < 0 ? 'less' : 'more'} time a job than the pool (CPU ${percent(cpuOverhead)}); goal: at most ${percent(GOALS.overhead)}`,
    ],
    [
      'a broker, 2 workers',
      rate(twoWorkers),
      cpu(twoWorkers),
      twoWorkers.seconds.toFixed(1),
      `${percent(efficiency)} of twice one worker; goal: ${percent(GOALS.efficiency)}`,
    ],
  ],
)}

${otherNumbers === 0 ? 'All stations have the same RMSE in all three ways, to the last bit.' : `${otherNumbers} results of stations differ from those of the pool.`}

${trials.toLocaleString('en')} small jobs that do nothing: ${queue.seconds.toFixed(1)} s, ${queue.jobsPerSecond.toFixed(0)} a second; each costs ${queue.cpuMsPerJob.toFixed(2)} ms of CPU of
sender and worker together and ${queue.bytesPerJob.toFixed(0)} bytes of database.

Taken on to ${NATION.toLocaleString('en')} stations of this kind, by multiplication, not by trial:

${table(
  ['what', `${stations} stations`, `${NATION.toLocaleString('en')} stations`],
  [
    ['growth of the database', megabytes(each('whole') * stations), megabytes(each('whole') * NATION)],
    [
      'readings that lie with the broker',
      megabytes(each('contents') * stations),
      megabytes(each('contents') * NATION),
    ],
    ...[1, 2, 8, 32].map((workers) => [
      `time with ${workers} worker${workers === 1 ? '' : 's'} of one core`,
      workers > 2 ? '' : duration(stations / (workers === 1 ? oneWorker : twoWorkers).jobsPerMinute),
      duration(NATION / (workers === 1 ? oneWorker.jobsPerMinute : (workers / 2) * twoWorkers.jobsPerMinute)),
    ]),
  ],
)}
`;
}

/** The document with this section in place of the one before. */
export function withFleetSection(document: string, section: string): string {
  return `${withoutFleetSection(document)}\n\n${section}`;
}

/** The section that stands in a document; '' where there is none. */
export function fleetSectionOf(document: string): string {
  const at = document.indexOf(HEADING);
  return at < 0 ? '' : document.slice(at);
}

function withoutFleetSection(document: string): string {
  const at = document.indexOf(HEADING);
  return (at < 0 ? document : document.slice(0, at)).trimEnd();
}
