import type { Quantity } from '../../contract/quantities';
import type { Candidate } from './candidates';

/** What people forecast, and what comes next where that is not in the file. */
const WANTED: readonly Quantity[] = [
  'temperature',
  'relative humidity',
  'pressure',
  'solar radiation',
  'wind speed',
  'rain',
  'dew point',
  'wind gust',
  'cloud',
  'sunshine',
  'UV index',
  'visibility',
  'snow depth',
  'rain rate',
  'other',
  'wind direction',
];
/** A column that lacks more than this of the rows comes behind one that does not. */
const WELL_READ = 0.7;

/**
 * What a person would forecast: the temperature of the air out of doors, the mean before the highest before the lowest;
 * without one another quantity that is measured out of doors, then what is measured in the ground, in water or indoors.
 * Null where nothing is measured.
 * @param measured columns that hold measurements
 */
export function chooseTarget(measured: readonly Candidate[]): Candidate | null {
  let best: Candidate | null = null;
  for (const candidate of measured) {
    if (candidate.place === 'equipment') continue;
    if (best === null || isBefore(rankOf(candidate), rankOf(best))) best = candidate;
  }
  return best;
}

const isBefore = (a: readonly number[], b: readonly number[]): boolean => {
  const place = a.findIndex((value, index) => value !== b[index]);
  return place >= 0 && a[place]! < b[place]!;
};

/** Least first. What is hardly read comes last, then what was worked out from others. */
function rankOf(candidate: Candidate): readonly number[] {
  const { share, traits, computedFrom, report } = candidate;
  const isAlive = share >= WELL_READ && traits.newestShare > 0 ? 0 : share > 0.1 ? 1 : 2;
  const isExtreme = { mean: 0, highest: 1, lowest: 2 }[candidate.aspect];
  const isTotal = report.runningTotal ? 1 : 0;
  const isComputed = computedFrom === null ? 0 : 1;
  return [isAlive, isComputed, placeRank(candidate), isTotal, WANTED.indexOf(report.quantity), isExtreme];
}

/** What is unknown and out of doors stands behind the temperature of soil or water, which is a weather too. */
function placeRank({ place, report }: Candidate): number {
  if (place === 'indoors') return 3;
  if (place !== 'outdoors') return report.quantity === 'other' ? 2 : 1;
  return report.quantity === 'other' ? 2 : 0;
}
