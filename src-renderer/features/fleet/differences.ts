import type { FleetRow, PlannedStation } from '../../../src-main/contract/fleet-view';

/** In what a station may be otherwise than most of its fleet. */
export const DIFFERENCES = ['unit', 'step', 'inputs', 'horizon'] as const;
export type Difference = (typeof DIFFERENCES)[number];

/** How many inputs a station has, not which: their names differ from file to file. */
const SAID: Readonly<Record<Difference, (plan: PlannedStation) => string>> = {
  unit: ({ unit }) => unit,
  step: ({ stepSeconds }) => String(stepSeconds),
  inputs: ({ inputs }) => String(inputs.length),
  horizon: ({ horizon }) => String(horizon),
};

/** What most stations have; of several that are as common the first. Empty where no station could be planned. */
export function commonest(rows: readonly FleetRow[]): Readonly<Partial<Record<Difference, string>>> {
  const plans = rows.flatMap(({ outlook }) => (outlook?.kind === 'planned' ? [outlook] : []));
  return Object.fromEntries(
    DIFFERENCES.flatMap((name) => {
      const counts = new Map<string, number>();
      for (const plan of plans) counts.set(SAID[name](plan), (counts.get(SAID[name](plan)) ?? 0) + 1);
      const [most] = [...counts].sort((a, b) => b[1] - a[1]);
      return most === undefined ? [] : [[name, most[0]]];
    }),
  );
}

/** In what a plan is otherwise than most. */
export function differencesOf(
  plan: PlannedStation,
  common: Readonly<Partial<Record<Difference, string>>>,
): readonly Difference[] {
  return DIFFERENCES.filter((name) => common[name] !== undefined && SAID[name](plan) !== common[name]);
}
