import { basename, join } from 'node:path';
import { describeCombination } from '../contract/combination';
import { Problem, toProblem } from '../contract/problems';
import { formatWithUnit } from '../contract/format';
import {
  countUnread,
  entriesOf,
  mapMethods,
  MEASURES,
  type ForecastMethod,
  type MemberScores,
  type Verification,
} from '../contract/results';
import type { Series } from '../contract/series';
import {
  blendPercent,
  describeForetelling,
  describeSeeds,
  describeService,
  describeVerdict,
} from '../contract/verdict';
import { SHARED_WORDS } from '../contract/words';
import type { EpochRecord, TrainingEvent } from '../contract/training';
import {
  furtherTargetFolders,
  holdsRun,
  readHistories,
  readRecord,
  recoverRun,
  replaceRun,
  SingleRun,
  type NewRun,
} from '../library';
import { firstWindow, summarisePreparation } from '../series';
import { TrainingService } from '../services';
import { forkTrainer, type TrainingEnd } from '../trainer';
import type { BrokerWorkplace } from '../workplace';
import { parseDevice } from './arguments';
import type { CommandContext } from './command';
import { distributionLines, distributionToJson } from './distribution-lines';
import { eventLines, eventToJson } from './event-lines';
import { describeIntervals, intervalsToJson } from './interval-lines';
import { formatTable } from './terminal';

const GOES_ON_HERE = 'What is not done is trained on this machine';

/** A training done and verified. */
export interface TrainedInFolder {
  readonly end: TrainingEnd;
  /** What it was trained on: 'CPU' or 'GPU'. */
  readonly device: string;
  readonly history: readonly EpochRecord[];
  readonly verification: Verification;
  readonly versions: Readonly<Record<string, string>>;
  readonly furtherTargets: readonly FurtherTarget[];
}

/** The model of a further target: the folder within the run's that it is kept in, and how good it is. */
export interface FurtherTarget {
  readonly folder: string;
  readonly verification: Verification;
}

interface TrainingWish {
  /** Whether a run that lies there gives way. */
  readonly replaces: boolean;
  /** The workers that train the networks, where there are several; null: this machine. */
  readonly place?: BrokerWorkplace | null;
}

/**
 * Trains into a folder, shows how it goes, and verifies. Control-C cancels, and leaves nothing; where a run is to be
 * replaced, that one stays until the new one is whole.
 * @throws Problem 'run-exists' where one lies there that is not to be replaced
 */
export async function trainIntoFolder(
  context: CommandContext,
  folder: string,
  run: NewRun,
  series: Series,
  { replaces, place = null }: TrainingWish,
): Promise<TrainedInFolder> {
  const train = (into: string): Promise<TrainedInFolder> => trainNewRun(context, into, run, series, place);
  if (!replaces || !(await holdsRun(folder))) return train(folder);
  const trained = await replaceRun(folder, train);
  return { ...trained, furtherTargets: movedTo(folder, trained.furtherTargets) };
}

/** Further targets of a run that was moved to a folder. */
export const movedTo = (folder: string, further: readonly FurtherTarget[]): FurtherTarget[] =>
  further.map((each) => ({ ...each, folder: join(folder, basename(each.folder)) }));

function trainNewRun(
  context: CommandContext,
  folder: string,
  run: NewRun,
  series: Series,
  place: BrokerWorkplace | null,
): Promise<TrainedInFolder> {
  return followTraining(context, folder, {
    place,
    begin: async (service) => void (await service.start(run, series)),
    leave: async (service, runId) => {
      await service.control(runId, 'cancel');
      return new Problem('cancelled');
    },
  });
}

/**
 * Continues the training in a folder, to more epochs than it was to have if they are given. Control-C interrupts it:
 * what was trained stays.
 */
export async function resumeInFolder(
  context: CommandContext,
  folder: string,
  epochs: number | undefined,
): Promise<TrainedInFolder> {
  const store = new SingleRun(folder);
  await recoverRun(store, store.id);
  const { name, epochs: done } = await store.record();
  context.terminal.say(`Going on with “${name}” after epoch ${done}`);
  return followTraining(context, folder, {
    begin: (service) => service.resume(store.id, epochs),
    leave: async (service) => {
      await service.close();
      return new Problem('interrupted', { epoch: (await store.record()).epochs });
    },
  });
}

/** How a training begins, and what Control-C does to it: the problem says so. */
interface Following {
  readonly place?: BrokerWorkplace | null;
  begin(service: TrainingService): Promise<void>;
  leave(service: TrainingService, runId: string): Promise<Problem>;
}

async function followTraining(
  context: CommandContext,
  folder: string,
  { begin, leave, place = null }: Following,
): Promise<TrainedInFolder> {
  const { terminal, signal } = context;
  const store = new SingleRun(folder);
  const runId = store.id;
  let epochs = 0;
  let device = '';
  let failure: Problem | null = null;
  const emit = (event: TrainingEvent): void => {
    if (event.kind === 'started') ({ epochs, device } = event);
    else if (event.kind === 'failed') failure = Problem.from(event.problem);
    else if (event.kind === 'progress') terminal.progress(describeProgress(event, epochs));
    else if (event.kind === 'goes-on-here') terminal.say(GOES_ON_HERE);
  };
  const service = serviceOn(context, store, { emit, place });
  let left: Promise<Problem> | undefined;
  try {
    await begin(service);
    const leaveNow = (): void => {
      left = leave(service, runId).catch((error: unknown) => toProblem(error));
    };
    signal.addEventListener('abort', leaveNow);
    if (signal.aborted) leaveNow();
    const end = await service.ended(runId);
    signal.removeEventListener('abort', leaveNow);
    const reason = (await left) ?? failure;
    if (reason !== null) throw reason;
    if (end === null) throw new Problem('cancelled');
    const verification = await service.questions.ask('verifyRun', { runId });
    const record = await readRecord(folder, folder);
    const { history } = await readHistories(folder, record);
    const furtherTargets = await verifyFurtherTargets(context, folder);
    return { end, device, verification, versions: record.versions, history, furtherTargets };
  } finally {
    await service.close();
  }
}

/** Scores what was learned of further targets, each in its folder. */
export async function verifyFurtherTargets(
  context: CommandContext,
  folder: string,
): Promise<FurtherTarget[]> {
  const further: FurtherTarget[] = [];
  for (const each of await furtherTargetFolders(folder)) {
    const store = new SingleRun(each);
    const service = serviceOn(context, store);
    try {
      further.push({
        folder: each,
        verification: await service.questions.ask('verifyRun', { runId: store.id }),
      });
    } finally {
      await service.close();
    }
  }
  return further;
}

export function serviceOn(
  { args, installation }: CommandContext,
  store: SingleRun,
  {
    emit = () => undefined,
    place = null,
  }: { readonly emit?: (event: TrainingEvent) => void; readonly place?: BrokerWorkplace | null } = {},
): TrainingService {
  return new TrainingService({
    library: store,
    startTrainer: (device) => forkTrainer(installation.trainerEntry, device),
    device: parseDevice(args),
    emit,
    membersOn: (asked) => Promise.resolve(place?.members(asked) ?? null),
  });
}

function describeProgress(event: Extract<TrainingEvent, { kind: 'progress' }>, epochs: number): string {
  const last = event.records.at(-1);
  const left = event.secondsLeft === null ? '' : `, at most ${Math.ceil(event.secondsLeft)} s left`;
  if (last === undefined) return `${Math.round(100 * event.fraction)} %${left}`;
  return `Epoch ${last.epoch} of ${epochs}: loss ${last.loss.toFixed(4)}, validation ${last.valLoss.toFixed(4)}${left}`;
}

export const METHOD_NAMES: Readonly<Record<ForecastMethod, string>> = {
  model: 'LSTM',
  persistence: 'persistence',
  dampedPersistence: 'damped persistence',
  climatology: 'climatology',
  seasonalNaive: 'seasonal naive',
  ridge: 'ridge',
  service: 'weather service',
  serviceCorrected: 'weather service, corrected',
};

/** How it went: the score table and the verdict. */
export function describeResult({ end, device, verification, furtherTargets }: TrainedInFolder): string[] {
  return [
    `Trained ${end.epochs} epochs ${describePlace(end, device)} in ${end.seconds.toFixed(1)} s (${end.msPerStep.toFixed(2)} ms a step); ` +
      `the weights of epoch ${end.keptEpoch} are kept`,
    '',
    ...describeScores(verification, 'on the held-back part'),
    ...describeFurtherTargets(furtherTargets),
  ];
}

/** Who trained it, where workers of a broker did. */
function describePlace({ members = [] }: TrainingEnd, device: string): string {
  const names = members.map(({ trainedBy }) => trainedBy ?? 'this machine');
  if (members.every(({ trainedBy }) => trainedBy === undefined)) return `on the ${device || 'CPU'}`;
  return `by ${names.map((name, index) => `${name} (network ${index + 1})`).join(', ')}`;
}

export function describeFurtherTargets(further: readonly FurtherTarget[]): string[] {
  return further.flatMap(({ folder, verification }) => [
    '',
    `The model of ${verification.targetName} is kept in ${folder}`,
    ...describeScores(verification, 'on the held-back part'),
  ]);
}

export const furtherTargetsToJson = (further: readonly FurtherTarget[]): object[] =>
  further.map(({ folder, verification }) => ({ folder, ...scoresToJson(verification) }));

/** The score table, the intervals and the verdict. @param part what was forecast: 'on the held-back part' */
export function describeScores(verification: Verification, part: string): string[] {
  const {
    scores,
    unit,
    verdict,
    intervals,
    distribution,
    combination,
    event,
    members,
    foretelling,
    service,
  } = verification;
  const unread = countUnread(verification);
  return [
    ...formatTable([
      [part, 'RMSE', 'MAE', 'skill'],
      ...entriesOf(scores).map(([method, { rmse, mae, skill }]) => [
        method === 'model' && blendPercent(verdict) !== null ? 'blend' : METHOD_NAMES[method],
        formatWithUnit(rmse, unit),
        formatWithUnit(mae, unit),
        `${(skill * 100).toFixed(1)} %`,
      ]),
    ]),
    ...(unread === 0
      ? []
      : [`${verification.time.length} windows. ${SHARED_WORDS.en.unread(String(unread))}`]),
    ...describeIntervals(intervals, unit),
    ...distributionLines(distribution, unit),
    ...eventLines(event, unit),
    '',
    ...(foretelling.length === 0 ? [] : [describeForetelling(foretelling)]),
    ...(combination === null ? [] : [describeCombination(combination, unit)]),
    describeVerdict(verdict),
    ...(service === null ? [] : [describeService(service, unit)]),
    ...(members === null ? [] : [describeMembers(members, unit), describeSeeds(members, verdict)]),
  ];
}

export function resultToJson(run: NewRun, series: Series, trained: TrainedInFolder): object {
  const { settings } = run;
  const { end, device, history, verification, versions, furtherTargets } = trained;
  const summary = summarisePreparation(series, settings);
  return {
    rows: summary.rows,
    inputs: summary.inputNames.map(({ name }) => name),
    windows: {
      shape: summary.windowsShape,
      train: summary.train,
      validation: summary.validation,
      test: summary.test,
      toldByLater: summary.toldByLater,
      first: firstWindow(series, settings),
    },
    parameters: Object.fromEntries(summary.parameters.map(({ name, shape }) => [name, shape])),
    settings,
    history,
    keptEpoch: end.keptEpoch,
    reason: end.reason,
    testLoss: verification.testLoss,
    persistenceTestLoss: verification.persistenceTestLoss,
    ...scoresToJson(verification),
    furtherTargets: furtherTargetsToJson(furtherTargets),
    seconds: end.seconds,
    device,
    trainedBy: end.members?.map(({ trainedBy = null }) => trainedBy) ?? null,
    msPerStep: end.msPerStep,
    seed: settings.seed,
    versions,
  };
}

function describeMembers({ rmse, mean, sd }: MemberScores, unit: string): string {
  const each = rmse.map((value) => formatWithUnit(value, '')).join(', ');
  return (
    `The ${rmse.length} networks alone: RMSE ${formatWithUnit(mean, unit)} on average, ` +
    `with a standard deviation of ${formatWithUnit(sd, unit)} (${each})`
  );
}

/** Scores over all lead times and by each, and who won; what `train` and `verify` have in common. */
export function scoresToJson({
  targetName,
  unit,
  scores,
  byLead,
  verdict,
  members,
  intervals,
  distribution,
  combination,
  event,
  foretelling,
  service,
}: Verification): object {
  return {
    target: targetName,
    unit,
    scores,
    scoresByLead: byLead.map(({ bestBaseline, methods }, index) => ({
      lead: index + 1,
      bestBaseline,
      ...mapMethods(methods, (measured) => ({
        ...Object.fromEntries(MEASURES.map((name) => [name, measured[name].value])),
        intervals: Object.fromEntries(
          MEASURES.map((name) => [name, [measured[name].low, measured[name].high]]),
        ),
      })),
    })),
    ...intervalsToJson(intervals),
    ...distributionToJson(distribution),
    combination,
    foretelling,
    rain: eventToJson(event),
    verdict: describeVerdict(verdict),
    comparison: verdict,
    overService: service && { ...service, sentence: describeService(service, unit) },
    members,
  };
}
