import { cpus } from 'node:os';
import { resolve } from 'node:path';
import { describeRemark, type Leaderboard, type RankedStation } from '../contract/fleet';
import { formatWithUnit } from '../contract/format';
import { Problem, toProblem } from '../contract/problems';
import type { Progress } from '../contract/progress';
import { QUANTITIES, type Quantity } from '../contract/quantities';
import { forkReader } from '../dataset';
import {
  findStations,
  FleetFolder,
  forecastStation,
  forecastsToCsv,
  runFleet,
  stationsInFile,
  type FleetProgress,
  type StationForecast,
  type Workshop,
} from '../fleet';
import type { JobSender } from '../queue';
import { forkTrainer } from '../trainer';
import { BrokerWorkplace } from '../workplace';
import {
  parseChoice,
  parseDevice,
  parseJobs,
  parseLanguage,
  requireOperands,
  requireText,
  type Arguments,
} from './arguments';
import { BROKER_OPTION, parseBroker } from './broker-options';
import { openSender } from './broker-sender';
import { DEVICE_OPTION, JSON_OPTION, type Command, type CommandContext } from './command';
import { forecastToJson } from './forecast-command';
import { parseSettings, settingOptions } from './setting-options';
import { describeShared, sharedToJson } from './shared-lines';
import { formatTable } from './terminal';
import { METHOD_NAMES } from './training-run';

/** A quantity that is not known cannot be asked for at every station. */
const FORECASTABLE = QUANTITIES.filter((each) => each !== 'other');

export const fleetCommand: Command = {
  name: 'fleet',
  synopsis: 'FOLDER|LIST|FILE --out DIR [--target QUANTITY] [options]',
  summary:
    'Trains and verifies many stations, each as a single file would be, and ranks them. They are the files of a folder, those of a list (CSV with a column file, and if you like name, latitude, longitude, altitude), or those whose readings stand in one file. A station that fails says why and holds nobody up; where one failed the exit code is 1, else 0. With --broker its workers train, on whatever machines they are, and this machine while the broker is away; the numbers are the same. Control-C ends it; the same command goes on where it ended, also in the middle of the shared model.',
  options: {
    out: {
      value: 'DIR',
      help: 'the folder for fleet.json, fleet.csv, fleet.html and a run for each station',
    },
    target: {
      value: 'QUANTITY',
      help: `what is forecast at every station (${FORECASTABLE.join(', ')}); what each file suggests if left out`,
    },
    forecast: {
      help: 'then forecast every station from the newest reading in its file, into forecasts.csv; given again when files have grown, it forecasts again',
    },
    shared: {
      help: 'then train one model on all stations of a kind together, tune it on each, and tell beside the single models whether it helps, and how it does at a station with 1, 3, 6 or 12 months of readings; takes several times as long',
    },
    language: { value: 'L', help: 'of fleet.html: en (English; the default) or ko (Korean)' },
    jobs: {
      value: 'N',
      help: 'stations trained at a time, with a broker files read at a time, and stations trained here while it is away; half the processors if left out',
    },
    ...BROKER_OPTION,
    ...settingOptions,
    ...DEVICE_OPTION,
    ...JSON_OPTION,
  },
  async run(context) {
    const { args, terminal, installation, signal } = context;
    const [path = ''] = requireOperands(args, ['FOLDER']);
    const folder = new FleetFolder(resolve(requireText(args, 'out')));
    const quantity = parseChoice(args, 'target', FORECASTABLE) ?? null;
    const jobs = parseJobs(args) ?? Math.max(1, cpus().length >> 1);
    const language = parseLanguage(args);
    parseSettings(args);
    const address = await parseBroker(args);
    const workshop = {
      startReader: () => forkReader(installation.readerEntry),
      startTrainer: (device: Parameters<typeof forkTrainer>[1]) =>
        forkTrainer(installation.trainerEntry, device),
      device: parseDevice(args),
    };
    const wish = {
      quantity,
      settingsFor: (suggested: ReturnType<typeof parseSettings>, stepSeconds: number | undefined) =>
        parseSettings(args, stepSeconds, suggested),
      text: wishText(args, quantity),
    };
    const stations = await findStations(resolve(path), (file) => stationsInFile(file, workshop.startReader));
    terminal.say(`${stations.length} stations`);
    const release = await folder.begin();
    let sender: JobSender | null = null;
    try {
      if (address !== null) sender = await openSender(context, address);
      const workplace = sender === null ? null : new BrokerWorkplace(sender);
      const { leaderboard, shared } = await runFleet(
        stations,
        wish,
        { folder, workshop, workplace, jobs, share: args.has('shared'), language },
        {
          signal,
          onProgress: (progress) => terminal.progress(describeProgress(progress)),
          onSharing: (progress) => terminal.progress(describeSharing(progress)),
          onHere: ({ name }) =>
            terminal.say(`${name}: is trained on this machine, since the broker cannot be reached`),
          onResult: ({ name }, { sentence }) => terminal.say(`${name}: ${sentence}`),
        },
      );
      terminal.say();
      for (const line of describeLeaderboard(leaderboard)) terminal.say(line);
      if (shared !== null) for (const line of describeShared(shared)) terminal.say(line);
      const forecasts = args.has('forecast')
        ? await forecastFleet(context, workshop, folder, leaderboard)
        : [];
      terminal.say(`The runs are kept in ${folder.pathOf('')}`);
      terminal.result({
        ...leaderboardToJson(leaderboard),
        shared: shared === null ? null : sharedToJson(shared),
        forecasts: forecasts.map(({ station: { name }, forecast }) => ({
          name,
          ...forecastToJson(forecast),
        })),
        folder: folder.pathOf(''),
      });
      // As of tools that go on with the rest where one of their files fails.
      const left = args.has('forecast') ? leaderboard.ranked.length - forecasts.length : 0;
      const failed = leaderboard.counts.failed + left;
      if (failed > 0) throw new Problem('stations-failed', { failed, of: stations.length });
    } finally {
      await sender?.close();
      release();
    }
  },
};

/** Forecasts every station that was trained; one that cannot be forecast says why and does not stop the others. */
async function forecastFleet(
  { terminal, signal }: CommandContext,
  workshop: Workshop,
  folder: FleetFolder,
  { ranked }: Leaderboard,
): Promise<readonly StationForecast[]> {
  const forecasts: StationForecast[] = [];
  for (const { station, result } of ranked) {
    if (signal.aborted) throw new Problem('cancelled');
    try {
      const run = folder.pathOf(result.folder);
      forecasts.push({ station, forecast: await forecastStation(station, run, workshop, signal) });
    } catch (error) {
      if (signal.aborted) throw new Problem('cancelled', {}, { cause: error });
      terminal.say(`${station.name}: ${toProblem(error).message}`);
    }
  }
  await folder.writeForecasts(forecastsToCsv(forecasts));
  return forecasts;
}

/** What is asked of every station, as it was given: by this a fleet is known again. */
function wishText(args: Arguments, quantity: Quantity | null): string {
  const settings = Object.keys(settingOptions).flatMap((name) => {
    const text = args.text(name);
    return text === undefined ? [] : [[name, text]];
  });
  return JSON.stringify({ quantity, ...Object.fromEntries(settings) });
}

function describeProgress({ done, of, atWork, secondsLeft }: FleetProgress): string {
  const names = [...atWork].map(([name, fraction]) =>
    fraction === null ? name : `${name} ${Math.round(100 * fraction)} %`,
  );
  return `${done} of ${of} stations${describeLeft(secondsLeft)}: ${names.join(', ')}`;
}

const describeSharing = ({ fraction, secondsLeft }: Progress): string =>
  `Shared model: ${Math.round(100 * fraction)} %${describeLeft(secondsLeft)}`;

const describeLeft = (seconds: number | null): string =>
  seconds === null ? '' : `, about ${Math.ceil(seconds)} s left`;

const VERDICTS = { beats: 'better', level: 'cannot be told apart', loses: 'worse' } as const;

function describeLeaderboard({ ranked, failed, counts, falseDiscoveryRate }: Leaderboard): string[] {
  const percent = (share: number | null): string => (share === null ? '' : `${(100 * share).toFixed(1)} %`);
  const row = ({ station, result, verdict }: RankedStation): string[] => [
    station.name,
    result.target,
    formatWithUnit(result.rmse ?? NaN, result.unit),
    `${METHOD_NAMES[result.best]} ${formatWithUnit(result.bestRmse ?? NaN, result.unit)}`,
    percent(result.skill),
    percent(result.skillOverBest.value),
    percent(result.coverage),
    VERDICTS[verdict],
  ];
  return [
    ...(ranked.length === 0
      ? []
      : formatTable([
          ['station', 'target', 'RMSE', 'best baseline', 'skill', 'over the best', 'within 95 %', 'verdict'],
          ...ranked.map(row),
        ])),
    ...ranked.flatMap(({ station, result }) =>
      result.remarks.map((remark) => `${station.name}: ${describeRemark(remark)}`),
    ),
    ...failed.map(({ station, result }) => `${station.name}: ${result.sentence}`),
    '',
    `Against its best baseline ${counts.beats} better, ${counts.level} cannot be told apart, ${counts.loses} worse, ` +
      `${counts.failed} not trained. Of those called better or worse at most ${100 * falseDiscoveryRate} % ` +
      'are so by chance, on average (Benjamini-Hochberg).',
  ];
}

function leaderboardToJson({ ranked, failed, counts, falseDiscoveryRate }: Leaderboard): object {
  return {
    stations: [
      ...ranked.map(({ station, result, verdict }) => ({ ...station, ...result, fleetVerdict: verdict })),
      ...failed.map(({ station, result }) => ({ ...station, ...result })),
    ],
    counts,
    falseDiscoveryRate,
  };
}
