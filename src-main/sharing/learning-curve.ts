import { observationsOf } from '../contract/series';
import { CURVE_MONTHS, type CurvePoint } from '../contract/shared-model';
import { validates } from '../contract/settings';
import { blendLearned } from '../model/assemble';
import { partBeside } from '../model/part-beside';
import { predictWindows } from '../model/predict';
import type { LearnedNetworks } from '../model/trained-run';
import { initialiseParameters } from '../network';
import { prepareParts, targetVariable, type Split } from '../series';
import { learn, type LearningHooks } from '../training/retrain';
import { makePlan } from '../training/plan';
import { fitPersistence, rmseOfForecasts, scoreForecast, valuesAhead } from '../verification';
import { tune, type SharedNetwork } from './learn-shared';
import type { MemberStation } from './member-station';
import { newestParts } from './parts';
import type { PooledStation } from './pool';
import { transplant } from './transplant';

const DAYS_PER_MONTH = 30;
/** Trainings without some of the stations: with no more stations than that each is left out alone. */
const MOST_TRAININGS = 10;
/** With more stations the curve is of some of them, evenly spread. */
const MOST_STATIONS = 30;
/** Of the months that a station has, its newest windows choose the epoch. */
const CHOOSING_SHARE = 0.2;

/** The stations that are left out together, training by training. */
export function leftOutTogether<T>(stations: readonly T[]): T[][] {
  const trainings = Math.min(MOST_TRAININGS, stations.length);
  return Array.from({ length: trainings }, (_, training) =>
    stations.filter((_station, index) => index % trainings === training),
  );
}

/** Those of a group that the curve is about. */
export function curveStations<T>(stations: readonly T[]): Set<T> {
  const count = Math.min(MOST_STATIONS, stations.length);
  return new Set(
    Array.from({ length: count }, (_, index) => stations[Math.floor((index * stations.length) / count)]!),
  );
}

/**
 * How a network does at a station that it never saw, by how many months of readings the station has.
 * @throws Problem of the trainings
 */
export async function curveAt(
  network: SharedNetwork,
  { station, place }: PooledStation,
  hooks: LearningHooks = {},
): Promise<CurvePoint[]> {
  const points: CurvePoint[] = [];
  for (const months of CURVE_MONTHS) {
    const { validationShare, validationFrom } = station.settings;
    const share = validates({ validationShare, validationFrom }) ? CHOOSING_SHARE : 0;
    const parts = newestParts(station, months * DAYS_PER_MONTH, share);
    if (parts === null || (share > 0 && parts.validation.length === 0)) continue;
    points.push({ months, ...(await pointOf(network, { station, place, parts }, hooks)) });
  }
  return points;
}

async function pointOf(
  network: SharedNetwork,
  seen: PooledStation,
  hooks: LearningHooks,
): Promise<Omit<CurvePoint, 'months'>> {
  const { station, parts } = seen;
  const tuned = await tune(network, seen, hooks);
  const { split } = station.preparation;
  return {
    name: station.name,
    learned: parts.train.length + parts.validation.length,
    windows: split.test.length,
    persistence: errorOfPersistence(station),
    single: await errorOfSingle(station, parts, hooks),
    untuned: errorOfShared(network, network.theta, seen),
    tuned: errorOfShared(network, tuned.theta, seen),
    shared: errorOfBlend(atMonths(network, tuned.theta, seen)),
  };
}

/** A network of several stations as that of one, whose own model is prepared. */
export function atStation(
  { pool }: Pick<SharedNetwork, 'pool'>,
  theta: Float32Array,
  seen: PooledStation,
): LearnedNetworks {
  const { series, settings, preparation } = seen.station;
  return {
    record: { settings },
    series,
    preparation,
    composite: {
      members: [transplant(pool, theta, seen, settings, preparation)],
      ...partBeside(settings, series, preparation),
    },
  };
}

/** The same as if the station had no more readings than these: what stands beside the network learns from them alone. */
function atMonths(network: SharedNetwork, theta: Float32Array, seen: PooledStation): LearnedNetworks {
  const { station, parts } = seen;
  const preparation = prepareParts(station.series, station.settings, parts);
  return atStation(network, theta, { ...seen, station: { ...station, preparation } });
}

const errorOfBlend = (alone: LearnedNetworks): number =>
  errorOf({ ...alone, composite: blendLearned(alone) });

const errorOfShared = (network: SharedNetwork, theta: Float32Array, seen: PooledStation): number =>
  errorOf(atStation(network, theta, seen));

/** On the test part, in the target's unit. */
function errorOf(learned: LearnedNetworks): number {
  const { series, preparation } = learned;
  const { test } = preparation.split;
  return rmseOfForecasts(series, preparation, test, predictWindows(learned, test));
}

/** What its settings make of a station that has these windows alone. */
async function errorOfSingle(
  { series, settings }: MemberStation,
  parts: Split,
  hooks: LearningHooks,
): Promise<number> {
  const preparation = prepareParts(series, settings, parts);
  const { network } = makePlan(settings, preparation);
  const { initialisation: scheme, seed } = settings;
  const drawn = { ...preparation, split: { ...parts, validation: judging(parts) } };
  const { theta } = await learn(settings, drawn, initialiseParameters(network, { scheme, seed }), hooks);
  const alone: LearnedNetworks = {
    record: { settings },
    series,
    preparation,
    composite: { members: [theta], ...partBeside(settings, series, preparation) },
  };
  return errorOfBlend(alone);
}

/** Where nothing is kept for validation the curve is drawn on what is learned from; nothing is chosen by it. */
const judging = ({ train, validation }: Split): Int32Array => (validation.length > 0 ? validation : train);

/** Of the value that was read last. */
function errorOfPersistence({ series, preparation }: MemberStation): number {
  const { window, horizon, split } = preparation;
  const said = fitPersistence(series, preparation).forecast(split.test);
  const observed = valuesAhead(observationsOf(targetVariable(series)), split.test, window, horizon);
  return scoreForecast(observed, said, said, horizon, 1).rmse;
}
