import { addSteps } from '../time/time-step';
import type { AxisColumns } from './axis-columns';
import type { MadeVariable } from './derived-variables';
import { clearSkyOfDay, clearSkyRadiation, dayLength, sunHeight } from './sun';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/**
 * The sun as inputs, where the place is told: its height and the clear-sky radiation at the time of a row, or, where a step
 * is a day or longer, the length of the day and its mean clear-sky radiation (of the day in the middle of the step). Each row
 * holds them of the time `ahead` steps later. They come of the clock and the place alone, so nothing of them is ever unknown.
 */
export function sunVariables({
  mapping: { sun },
  slots: { time, step },
}: AxisColumns): readonly MadeVariable[] {
  if (sun === null) return [];
  const { latitude, longitude, utcOffset, ahead } = sun;
  const instants = Float64Array.from(time, (row) => addSteps(row, ahead, step) - utcOffset * HOUR_MS);
  const make = (
    rest: Pick<MadeVariable, 'name' | 'quantity' | 'unit'>,
    at: (instant: number) => number,
  ): MadeVariable => ({ ...rest, values: instants.map(at), filled: new Uint8Array(time.length) });
  const clear = { name: 'clear-sky radiation', quantity: 'solar radiation', unit: 'W/m²' } as const;
  const stepMs = step.seconds * 1000;
  if (stepMs < DAY_MS) {
    const height = (instant: number): number => sunHeight(instant, latitude, longitude);
    return [
      make({ name: 'sun height', quantity: 'other', unit: '°' }, height),
      make(clear, (instant) => clearSkyRadiation(height(instant))),
    ];
  }
  const begin = (stepMs - DAY_MS) / 2;
  return [
    make({ name: 'length of day', quantity: 'other', unit: 'h' }, (instant) =>
      dayLength(instant + begin + DAY_MS / 2, latitude),
    ),
    make(clear, (instant) => clearSkyOfDay(instant + begin, latitude, longitude)),
  ];
}
