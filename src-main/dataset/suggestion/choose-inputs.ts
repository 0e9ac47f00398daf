import type { Quantity } from '../../contract/quantities';
import type { LeftOut } from '../../contract/suggestion';
import { plainWords } from '../cells/name-rules';
import { areAlike, leftOutBecause, tellsTheNext, whyNotAlive, type Candidate } from './candidates';

/** As many inputs as a mapping holds. */
const MOST_INPUTS = 200;
/** Of two of a family the one that is read this much more often is taken, whatever they are called. */
const CLEARLY_MORE = 0.02;

export interface ChosenInputs {
  /** With the target, in the order of the file. */
  readonly inputs: readonly Candidate[];
  readonly leftOut: readonly LeftOut[];
}

/**
 * The inputs: measured out of doors, alive, one of each family, none that is computed from others that are there.
 * @param measured columns that hold measurements, the target among them
 */
export function chooseInputs(measured: readonly Candidate[], target: Candidate): ChosenInputs {
  const leftOut: LeftOut[] = [];
  const alive = measured.filter((candidate) => {
    if (candidate === target) return true;
    const why =
      candidate.place === 'indoors' && target.place !== 'indoors'
        ? leftOutBecause(candidate, 'indoors')
        : candidate.place === 'equipment'
          ? leftOutBecause(candidate, 'equipment')
          : (whyNotAlive(candidate) ?? whyForetelling(candidate, measured));
    if (why !== null) leftOut.push(why);
    return why === null;
  });
  const families = new Map<string, Candidate>();
  for (const candidate of alive) {
    const family = familyOf(candidate, target);
    const before = families.get(family);
    if (before === undefined || isBetter(candidate, before, target)) families.set(family, candidate);
  }
  const chosen: Candidate[] = [target];
  // A measurement is looked at before what was computed, which may be computed from it.
  const isComputed = ({ computedFrom }: Candidate): boolean => computedFrom !== null;
  for (const candidate of [...alive.filter((each) => !isComputed(each)), ...alive.filter(isComputed)]) {
    if (candidate === target) continue;
    const why = whyNotNeeded(candidate, target, families, chosen);
    if (why === null) chosen.push(candidate);
    else leftOut.push(why);
  }
  const inFile = chosen.slice().sort((a, b) => a.report.index - b.report.index);
  const inputs = [...inFile.filter((each) => each !== target).slice(0, MOST_INPUTS - 1), target];
  const beyond = inFile.filter((each) => !inputs.includes(each));
  return {
    inputs: inputs.sort((a, b) => a.report.index - b.report.index),
    leftOut: [...leftOut, ...beyond.map((each) => leftOutBecause(each, 'too-many', { most: MOST_INPUTS }))],
  };
}

/** What tells the next of one measurement was written afterwards, and is as little known of the others. */
function whyForetelling(candidate: Candidate, measured: readonly Candidate[]): LeftOut | null {
  const told = measured.find((other) => other !== candidate && tellsTheNext(candidate, other));
  return told === undefined ? null : leftOutBecause(candidate, 'foretells', { target: told.report.name });
}

function whyNotNeeded(
  candidate: Candidate,
  target: Candidate,
  families: ReadonlyMap<string, Candidate>,
  chosen: readonly Candidate[],
): LeftOut | null {
  if (candidate.computedFrom !== null) {
    const from = candidate.computedFrom.map((quantity) =>
      chosen.find((each) => each.report.quantity === quantity && each.computedFrom === null),
    );
    const [base] = from;
    if (base !== undefined && from.every((each) => each !== undefined)) {
      return leftOutBecause(candidate, 'computed', { kept: base.report.name });
    }
  }
  const kept = families.get(familyOf(candidate, target));
  if (kept !== undefined && kept !== candidate) {
    return leftOutBecause(candidate, 'same-family', { kept: kept.report.name });
  }
  const { quantity } = candidate.report;
  const twin = chosen.find((each) => each.report.quantity === quantity && areAlike(each, candidate));
  return twin === undefined ? null : leftOutBecause(candidate, 'same-family', { kept: twin.report.name });
}

/**
 * What tells the same in principle: all barometers, all humidities of the air. Of what the target measures its highest
 * and lowest stay beside it, since each tells what the others do not; of an unknown quantity it is not known.
 */
function familyOf({ report, place, aspect, clock }: Candidate, target: Candidate): string {
  const { quantity, index } = report;
  if (quantity === 'other') return `column ${index}`;
  if (quantity === target.report.quantity) return `${quantity} ${place} ${aspect} ${clock}`;
  const family: Partial<Record<Quantity, string>> = { 'rain rate': 'rain' };
  return `${family[quantity] ?? quantity} ${place} ${clock}`;
}

function isBetter(candidate: Candidate, before: Candidate, target: Candidate): boolean {
  if (before === target) return false;
  if (candidate === target) return true;
  const [a, b] = [rankOf(candidate), rankOf(before)];
  if (a !== b) return a < b;
  return candidate.share > before.share + CLEARLY_MORE;
}

/** The direction of gusts; the mean of wind as an arrow; a part of the radiation that the sun sends. */
const PART = /gust|boe|vec|diffus|direct\b|\bd[hn]i\b/;

/** Least first: the mean before an extreme, what fell in the step before what counts up, and the shortest count first. */
function rankOf({ report, aspect, computedFrom }: Candidate): number {
  const isExtreme = aspect === 'mean' ? 0 : 1;
  const isComputed = computedFrom === null ? 0 : 4;
  if (report.quantity === 'rain rate') return 30 + isExtreme;
  const isPart = PART.test(plainWords(report.name)) ? 2 : 0;
  if (report.quantity !== 'rain') return isExtreme + isComputed + isPart;
  return (report.runningTotal ? 10 : 0) + periodOf(plainWords(report.name));
}

/** How long a rain column counts before it is set back: of the step itself 0. */
function periodOf(plain: string): number {
  if (/\byear|yearly|annual|jahr|연간|annee|annuel|\btotal|counter|zahler|누적/.test(plain)) return 9;
  if (/month|monat|월간|mois|mensuel/.test(plain)) return 8;
  if (/week|woche|주간|semaine|hebdo/.test(plain)) return 7;
  if (/event|ereignis|storm/.test(plain)) return 6;
  return /\bday|daily|tag\b|일강수|일 ?강우|jour|heute|today|24/.test(plain) ? 1 : 0;
}
