import { join } from 'node:path';
import type {
  CurvePoint,
  NotShared,
  SharedGroup,
  SharedReport,
  SharedStation,
} from '../../contract/shared-model';
import { toProblem } from '../../contract/problems';
import type { Verification } from '../../contract/results';
import { readRecord, SingleRun, type RunRecord } from '../../library';
import type { AssembledRun } from '../../model/assemble';
import { measuredBy } from '../../model/measured';
import { joinForecasts, predictMembers } from '../../model/predict';
import { partBeside } from '../../model/part-beside';
import type { LearnedNetworks } from '../../model/trained-run';
import { inputVariables, targetVariable } from '../../series';
import {
  atStation,
  commonInputs,
  curveStations,
  groupsOf,
  learningCurve,
  learnShared,
  leftOutTogether,
  sharedParts,
  tune,
  whyNotShared,
  type MemberStation,
  type PooledStation,
  type SharedNetwork,
} from '../../sharing';
import { compareModels, rmseOfForecasts } from '../../verification';
import type { ShareAsk, TaskNews, TrainerFunctions } from '../processes/protocol';
import { assemble, verifyAssembled } from './result-tasks';

type StationAsk = ShareAsk['stations'][number];
type Member = MemberStation & { readonly ask: StationAsk };
type Count = () => void;

/**
 * One network for the stations of a fleet that are alike enough, tuned on each and kept as a run of its own beside the
 * station's; what it saves, window by window; and how it does at stations that it never saw. Stations that have no part in
 * it say why.
 * @throws Problem of reading the runs, 'engine-missing', 'cannot-write'
 */
async function shareModel(
  { folder, stations, curve }: ShareAsk,
  tell: (news: TaskNews) => void,
): Promise<SharedReport> {
  const members: Member[] = [];
  const left: { name: string; why: NotShared }[] = [];
  for (const ask of stations) {
    const member = await readMember(folder, ask);
    const why = whyNotShared(member);
    if (why === null) members.push(member);
    else left.push({ name: ask.name, why });
  }
  const together = groupsOf(members);
  left.push(...together.filter(({ length }) => length < 2).map(([only]) => leaving(only!, 'alone')));
  const groups = together.filter(({ length }) => length >= 2);
  // A training of all counts as one piece for each station, as the tuning and each station of the curve do.
  const total = groups.reduce((sum, { length }) => sum + 2 * length + (curve ? 2 * length : 0), 0);
  let done = 0;
  const count = (pieces = 1): void => tell({ kind: 'work', done: (done += pieces), total });
  const shared: SharedGroup[] = [];
  for (const group of groups) {
    try {
      shared.push(await shareAmong(folder, group, curve, count));
    } catch (error) {
      const { code } = toProblem(error);
      if (code !== 'too-few-windows' && code !== 'loss-not-finite') throw error;
      left.push(...group.map((member) => leaving(member, 'failed')));
    }
  }
  return { groups: shared, left };
}

const leaving = ({ name }: Member, why: NotShared): { name: string; why: NotShared } => ({ name, why });

async function readMember(folder: string, ask: StationAsk): Promise<Member> {
  const { trained } = await assemble(join(folder, ask.run));
  const { series, preparation, record } = trained;
  return { ask, name: ask.name, place: ask.place, series, settings: record.settings, preparation };
}

async function shareAmong(
  folder: string,
  group: readonly Member[],
  curve: boolean,
  count: (pieces?: number) => void,
): Promise<SharedGroup> {
  const began = performance.now();
  const parts = sharedParts(group);
  const pooled = group.map((station, place) => ({ station, place, parts: parts[place]! }));
  const common = commonInputs(group);
  const network = await learnShared(pooled, common);
  count(group.length);
  const stations: SharedStation[] = [];
  for (const { station, place } of pooled) {
    stations.push(await atOne(folder, network, station, place));
    count();
  }
  const curved = curve
    ? await curveOf(pooled, common, count)
    : { curve: [] as CurvePoint[], curveTrainings: 0 };
  const [first] = group;
  const { series, settings } = first!;
  const target = targetVariable(series);
  return {
    target: target.name,
    unit: target.unit,
    stepSeconds: series.step.seconds,
    window: settings.window,
    horizon: settings.horizon,
    inputs: network.pool.placesAt(0).map((input) => inputVariables(series)[input]!.name),
    traits: [...network.pool.traits],
    trainWindows: network.windows[0],
    validationWindows: network.windows[1],
    epochs: network.epochs,
    seconds: (performance.now() - began) / 1000,
    stations,
    ...curved,
  };
}

async function curveOf(
  pooled: readonly PooledStation[],
  common: readonly (readonly number[])[],
  count: Count,
): Promise<Pick<SharedGroup, 'curve' | 'curveTrainings'>> {
  const about = curveStations(pooled);
  const curve: CurvePoint[] = [];
  let curveTrainings = 0;
  for (const out of leftOutTogether(pooled)) {
    const unseen = out.filter((each) => about.has(each));
    if (unseen.length === 0) continue;
    const others = pooled.filter((each) => !out.includes(each));
    curve.push(...(await learningCurve(others, unseen, common, count)));
    curveTrainings += 1;
  }
  return { curve, curveTrainings };
}

/** Tunes the network on a station, keeps it as a run, and compares it with the station's own on the same windows. */
async function atOne(
  folder: string,
  network: SharedNetwork,
  { ask, preparation, ...station }: Member,
  place: number,
): Promise<SharedStation> {
  const { split } = preparation;
  const own = { ...split, test: new Int32Array() };
  const seen = { station: { ...station, preparation }, place, parts: own };
  const tuned = await tune(network, seen);
  const run = join(folder, ask.run);
  const beside = join(folder, ask.shared);
  await keepRun(beside, await readRecord(run, run), atStation(network, tuned.theta, seen), network.epochs);
  const single = await assemble(run);
  const shared = await assemble(beside);
  const [byOwn, byShared] = [verifyAssembled(single), verifyAssembled(shared)];
  await new SingleRun(beside).update('run', { measured: measuredBy(byShared) });
  return {
    name: station.name,
    folder: ask.shared,
    windows: byOwn.time.length,
    single: byOwn.scores.model.rmse,
    shared: byShared.scores.model.rmse,
    singleAlone: errorAlone(single),
    sharedAlone: errorAlone(shared),
    singleShare: single.combination?.share ?? 1,
    sharedShare: shared.combination?.share ?? 1,
    tunedEpochs: tuned.epochs,
    pValue: probabilityOf(byShared, byOwn),
  };
}

async function keepRun(
  folder: string,
  record: RunRecord,
  { series, composite }: LearnedNetworks,
  epochs: number,
): Promise<void> {
  const { name, sourceFile, columns, stepSeconds, gapLimit, derived, zone, versions } = record;
  const run = {
    name,
    sourceFile,
    columns,
    stepSeconds,
    gapLimit,
    derived,
    ...(zone === undefined ? {} : { zone }),
    settings: { ...record.settings, members: 1 },
    versions,
    status: 'completed' as const,
    epochs,
    keptEpoch: epochs,
  };
  await new SingleRun(folder, true).create(run, series, { trained: composite });
}

/** Of the networks without what stands beside them in the blend, on the test part. */
function errorAlone({ trained }: AssembledRun): number {
  const { series, preparation, record } = trained;
  const { test } = preparation.split;
  const beside = partBeside(record.settings, series, preparation);
  const said = joinForecasts(beside, predictMembers(trained, test), preparation, test);
  return rmseOfForecasts(series, preparation, test, said);
}

/** That chance alone makes the difference of two forecasts of the same windows. */
function probabilityOf(one: Verification, other: Verification): number | null {
  const { observed, forecasts, horizon, stepSeconds, time } = one;
  const { pValue } = compareModels(
    observed,
    forecasts.model,
    other.forecasts.model,
    horizon,
    stepSeconds,
    time,
  );
  return Number.isFinite(pValue) ? pValue : null;
}

export const sharedTasks = {
  shareModel: (ask, tell) => shareModel(ask, tell),
} satisfies Partial<TrainerFunctions>;
