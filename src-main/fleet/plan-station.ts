import type { StationRemark } from '../contract/fleet';
import type { ColumnMapping, DatasetSummary } from '../contract/dataset';
import { Problem } from '../contract/problems';
import type { Quantity } from '../contract/quantities';
import { canonicalUnitOf } from '../contract/quantities';
import { suggestedSettings } from '../contract/question';
import type { TrainingSettings } from '../contract/settings';
import { columnOfQuantity } from '../dataset';

/** What is asked of every station of a fleet. */
export interface FleetWish {
  /** What is forecast; null: what each file suggests. */
  readonly quantity: Quantity | null;
  /** The settings of a station, out of those that its file suggests. */
  readonly settingsFor: (suggested: TrainingSettings, stepSeconds: number | undefined) => TrainingSettings;
}

export interface StationPlan {
  readonly mapping: ColumnMapping;
  readonly settings: TrainingSettings;
  /** How it differs from the rule common to the fleet. */
  readonly remarks: readonly StationRemark[];
}

/**
 * How a station is trained: as its file suggests, with the quantity asked for as the target, in its usual unit, so that
 * errors of stations can be compared.
 * @throws Problem 'no-time-column', 'no-number-column', 'fleet-no-quantity', 'too-short'
 */
export function planStation(summary: DatasetSummary, { quantity, settingsFor }: FleetWish): StationPlan {
  const { suggestion, shortage, fileName: file } = summary;
  if (suggestion === null) {
    throw new Problem(summary.time === null ? 'no-time-column' : 'no-number-column', { file });
  }
  const { mapping, remarks } = aim(summary, suggestion, quantity);
  if (shortage !== null && mapping.target === suggestion.target) throw Problem.from(shortage);
  const settings = settingsFor(suggestedSettings(summary), mapping.stepSeconds ?? summary.step?.seconds);
  return { mapping, settings, remarks };
}

function aim(
  { columns, fileName: file }: DatasetSummary,
  suggestion: ColumnMapping,
  quantity: Quantity | null,
): Pick<StationPlan, 'mapping' | 'remarks'> {
  const suggested = columns[suggestion.target]!;
  if (quantity === null) return { mapping: suggestion, remarks: [] };
  const isSuggested = suggested.quantity === quantity;
  const wanted = isSuggested ? suggested : columnOfQuantity(columns, quantity);
  if (wanted === null) {
    // A column of which nothing is known may well be it; one that is known to be something else is not.
    if (suggested.quantity !== 'other') throw new Problem('fleet-no-quantity', { file, quantity });
    return {
      mapping: suggestion,
      remarks: [{ kind: 'taken-for', column: suggested.name, suggested: suggested.name }],
    };
  }
  return {
    mapping: inUsualUnit(isSuggested ? suggestion : withTarget(suggestion, wanted.index), quantity),
    remarks: isSuggested ? [] : [{ kind: 'instead', column: wanted.name, suggested: suggested.name }],
  };
}

const withTarget = (mapping: ColumnMapping, target: number): ColumnMapping => ({
  ...mapping,
  target,
  alsoTargets: [],
  inputs: [target, ...mapping.inputs.filter((input) => input !== target)],
});

function inUsualUnit(mapping: ColumnMapping, quantity: Quantity): ColumnMapping {
  const columns = mapping.columns.map((choice) =>
    choice.index === mapping.target && choice.quantity === quantity && choice.unit !== ''
      ? { ...choice, useUnit: canonicalUnitOf(quantity) }
      : choice,
  );
  return { ...mapping, columns };
}
