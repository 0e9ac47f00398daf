import { observationsOf, type Series } from '../../contract/series';
import { dayOfYear, hourOfDay, targetVariable, type Preparation } from '../../series';
import { learningRows } from '../windows/learning-rows';
import { thin } from '../windows/thin';

const DAYS = 366;
const SECONDS_PER_DAY = 86_400;
/** Days on either side that are alike enough: as climatology has it. */
const HALF_WIDTH = 15;
/** Fewest members that tell a distribution, and most that are looked through for each reading. */
const LEAST_MEMBERS = 20;
const MOST_MEMBERS = 400;

/**
 * What is usual as an ensemble: all that was observed in the learning part within 15 days of that day of the year, in any
 * year, at that hour of the day where the step is shorter than a day. Where that is little the stretch is widened.
 * @returns the members for a time, ascending, in the target's unit
 */
export function learnUsualEnsemble(series: Series, preparation: Preparation): (time: number) => Float64Array {
  const observed = observationsOf(targetVariable(series));
  const hours = series.step.seconds < SECONDS_PER_DAY ? 24 : 1;
  const hourAt = (time: number): number => (hours === 1 ? 0 : Math.floor(hourOfDay(time)));
  const rowsByBin = Array.from({ length: DAYS * hours }, (): number[] => []);
  learningRows(series, preparation).forEach((isLearning, row) => {
    if (isLearning === 0 || Number.isNaN(observed[row]!)) return;
    const time = series.time[row]!;
    rowsByBin[Math.floor(dayOfYear(time)) * hours + hourAt(time)]!.push(row);
  });
  const known = new Map<number, Float64Array>();
  const gather = (day: number, hour: number): Float64Array => {
    let rows: number[] = [];
    for (
      let reach = HALF_WIDTH;
      rows.length < LEAST_MEMBERS && reach < DAYS / 2 + HALF_WIDTH;
      reach += HALF_WIDTH
    ) {
      const days = Array.from({ length: Math.min(DAYS, 2 * reach + 1) }, (_, index) => day - reach + index);
      rows = days.flatMap((near) => rowsByBin[((near + DAYS) % DAYS) * hours + hour]!);
    }
    const kept = thin(Int32Array.from(rows), MOST_MEMBERS);
    return Float64Array.from(kept, (row) => observed[row]!).sort();
  };
  return (time) => {
    const [day, hour] = [Math.floor(dayOfYear(time)), hourAt(time)];
    const bin = day * hours + hour;
    const members = known.get(bin) ?? gather(day, hour);
    known.set(bin, members);
    return members;
  };
}
