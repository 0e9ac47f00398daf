import { createHash } from 'node:crypto';
import { join } from 'node:path';
import {
  curvePointSchema,
  sharedStationSchema,
  type CurvePoint,
  type NotShared,
  type SharedGroup,
  type SharedReport,
  type SharedStation,
} from '../../contract/shared-model';
import { toProblem } from '../../contract/problems';
import type { Verification } from '../../contract/results';
import { HINDCAST_VERSION } from '../../contract/version';
import { describeDevice } from '../../engine';
import { readRecord, SharedProgress, SingleRun, type RunRecord } from '../../library';
import type { AssembledRun } from '../../model/assemble';
import { measuredBy } from '../../model/measured';
import { joinForecasts, predictMembers } from '../../model/predict';
import { partBeside } from '../../model/part-beside';
import type { LearnedNetworks } from '../../model/trained-run';
import { inputVariables, targetVariable } from '../../series';
import {
  atStation,
  commonInputs,
  curveAt,
  curveStations,
  groupsOf,
  learnShared,
  leftOutTogether,
  sharedParts,
  tune,
  whyNotShared,
  type MemberStation,
  type SharedNetwork,
} from '../../sharing';
import type { LearningHooks } from '../../training/retrain';
import type { TrainingControl } from '../../training/training-control';
import { compareModels, rmseOfForecasts } from '../../verification';
import type { ShareAsk, TaskNews } from '../processes/protocol';
import { assemble, verifyAssembled } from './result-tasks';
import { SharedSteps } from './shared-steps';

type StationAsk = ShareAsk['stations'][number];
type Member = MemberStation & { readonly ask: StationAsk };

/**
 * One network for the stations of a fleet that are alike enough, tuned on each and kept as a run of its own beside the
 * station's; what it saves, window by window; and how it does at stations that it never saw. Stations that have no part in
 * it say why. Ended on its way it is gone on with by the same question, to the same numbers.
 * @throws Problem of reading the runs, 'engine-missing', 'cannot-write', 'not-ours'
 */
export async function shareModel(
  ask: ShareAsk,
  control: TrainingControl,
  tell: (news: TaskNews) => void,
): Promise<SharedReport> {
  const { folder, stations, curve } = ask;
  const members: Member[] = [];
  const left: { name: string; why: NotShared }[] = [];
  for (const station of stations) {
    const member = await readMember(folder, station);
    const why = whyNotShared(member);
    if (why === null) members.push(member);
    else left.push({ name: station.name, why });
  }
  const together = groupsOf(members);
  left.push(...together.filter(({ length }) => length < 2).map(([only]) => leaving(only!, 'alone')));
  const groups = together.filter(({ length }) => length >= 2);
  const total = groups.reduce((sum, group) => sum + piecesOf(group, curve), 0);
  const progress = await SharedProgress.open(join(folder, ask.progress), await keyOf(ask));
  const steps = new SharedSteps(progress, control, total, tell);
  const shared: SharedGroup[] = [];
  for (const [index, group] of groups.entries()) {
    try {
      shared.push(await shareAmong(folder, group, { curve, steps, index }));
    } catch (error) {
      const { code } = toProblem(error);
      if (code !== 'too-few-windows' && code !== 'loss-not-finite') throw error;
      left.push(...group.map((member) => leaving(member, 'failed')));
    }
  }
  await progress.remove();
  return { groups: shared, left };
}

/** A training is one piece for each station that it learns from, as are the tuning on each and each one of the curve. */
function piecesOf(group: readonly Member[], curve: boolean): number {
  if (!curve) return 2 * group.length;
  const trainings = trainingsOf(group).map(({ others, unseen }) => others.length + unseen.length);
  return trainings.reduce((sum, pieces) => sum + pieces, 2 * group.length);
}

/** Changes where anything does that the numbers follow from. */
async function keyOf({ folder, ...asked }: ShareAsk): Promise<string> {
  const runs = asked.stations.map(async ({ run }) => {
    const { measured, versions, settings, columns, keptEpoch } = await readRecord(join(folder, run), run);
    return { measured, versions, settings, columns, keptEpoch };
  });
  const { kernels } = describeDevice();
  const text = JSON.stringify([HINDCAST_VERSION, kernels, asked, await Promise.all(runs)]);
  return createHash('sha256').update(text).digest('hex');
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
  { curve, steps, index }: { readonly curve: boolean; readonly steps: SharedSteps; readonly index: number },
): Promise<SharedGroup> {
  const secondsBefore = steps.seconds;
  const parts = sharedParts(group);
  const pooled = group.map((station, place) => ({ station, place, parts: parts[place]! }));
  const common = commonInputs(group);
  const [first] = group;
  const { series, settings } = first!;
  const network = await steps.train(`network-${index}`, group.length, settings.epochs, (hooks) =>
    learnShared(pooled, common, hooks),
  );
  const stations: SharedStation[] = [];
  for (const { station, place } of pooled) {
    const name = `station-${index}-${place}`;
    stations.push(
      await steps.once(name, sharedStationSchema, (hooks) => atOne(folder, network, station, place, hooks)),
    );
  }
  const trainings = curve ? trainingsOf(pooled) : [];
  const points: CurvePoint[] = [];
  for (const [training, { unseen, others }] of trainings.entries()) {
    const without = await steps.train(
      `network-${index}-${training}`,
      others.length,
      settings.epochs,
      (hooks) => learnShared(others, common, hooks),
    );
    for (const each of unseen) {
      const name = `curve-${index}-${each.place}`;
      points.push(...(await steps.once(name, curveSchema, (hooks) => curveAt(without, each, hooks))));
    }
  }
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
    seconds: steps.seconds - secondsBefore,
    stations,
    curve: points,
    curveTrainings: trainings.length,
  };
}

const curveSchema = curvePointSchema.array();

/** The trainings of the curve: each without some stations, which it is then tried at. */
function trainingsOf<T>(
  stations: readonly T[],
): { readonly unseen: readonly T[]; readonly others: readonly T[] }[] {
  const about = curveStations(stations);
  return leftOutTogether(stations).flatMap((out) => {
    const unseen = out.filter((each) => about.has(each));
    return unseen.length === 0 ? [] : [{ unseen, others: stations.filter((each) => !out.includes(each)) }];
  });
}

/** Tunes the network on a station, keeps it as a run, and compares it with the station's own on the same windows. */
async function atOne(
  folder: string,
  network: SharedNetwork,
  { ask, preparation, ...station }: Member,
  place: number,
  hooks: LearningHooks,
): Promise<SharedStation> {
  const { split } = preparation;
  const own = { ...split, test: new Int32Array() };
  const seen = { station: { ...station, preparation }, place, parts: own };
  const tuned = await tune(network, seen, hooks);
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
  const { name, sourceFile, columns, stepSeconds, gapLimit, derived, sun, zone, versions } = record;
  const run = {
    name,
    sourceFile,
    columns,
    stepSeconds,
    gapLimit,
    derived,
    sun,
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
