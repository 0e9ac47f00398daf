import type { Place } from '../contract/fleet';
import type { NotShared } from '../contract/shared-model';
import type { Series, Variable } from '../contract/series';
import type { TrainingSettings } from '../contract/settings';
import { inputVariables, targetVariable, type Preparation } from '../series';

/** A station that may share a network: its readings, prepared as its own model was. */
export interface MemberStation {
  readonly name: string;
  readonly place: Place | null;
  readonly series: Series;
  readonly settings: TrainingSettings;
  readonly preparation: Preparation;
}

/** Why a station cannot share a network; null: it can. */
export function whyNotShared({ series }: MemberStation): NotShared | null {
  if (series.alsoTargets.length > 0 || series.service !== undefined || series.stations !== undefined) {
    return 'several-targets';
  }
  if (targetVariable(series).quantity === 'wind direction') return 'direction';
  return series.inputs.includes(series.target) ? null : 'no-input';
}

/** Stations by what they must have alike: step and clock, quantity and unit of the target, and settings, dates of parts aside. */
export function groupsOf<T extends MemberStation>(stations: readonly T[]): T[][] {
  const groups = new Map<string, T[]>();
  for (const station of stations) {
    const { series, settings } = station;
    const { quantity, unit, name } = targetVariable(series);
    const { label, seconds } = series.step;
    const clock = label === 'monthly' ? 0 : (series.time[0] ?? 0) % (1000 * seconds);
    const own = { ...settings, testFrom: null, validationFrom: null };
    const key = JSON.stringify([label, clock, quantity, unit, quantity === 'other' ? name : '', own]);
    groups.set(key, [...(groups.get(key) ?? []), station]);
  }
  return [...groups.values()];
}

/** For each input that all stations have, the target first: its place among the inputs of each. [inputs][stations] */
export function commonInputs(stations: readonly MemberStation[]): number[][] {
  const keys = stations.map(({ series }) => inputKeys(series));
  const [first = []] = keys;
  return first
    .filter((key) => keys.every((own) => own.includes(key)))
    .sort((one, other) => Number(other === TARGET) - Number(one === TARGET))
    .map((key) => keys.map((own) => own.indexOf(key)));
}

const TARGET = 'target';

/** By what an input is known again at another station: its quantity and unit, and its name where that is not enough. */
function inputKeys(series: Series): string[] {
  const inputs = inputVariables(series);
  const target = targetVariable(series);
  const kindOf = ({ quantity, unit }: Variable): string => `${quantity} ${unit}`;
  return inputs.map((input) => {
    if (input === target) return TARGET;
    const kind = kindOf(input);
    const alike = inputs.filter((other) => other !== target && kindOf(other) === kind);
    const isOnlyOne = alike.length === 1 && input.quantity !== 'other' && input.made !== true;
    return isOnlyOne ? kind : `${kind} ${input.name} ${input.lead ?? ''}`;
  });
}
