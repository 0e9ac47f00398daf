import { hiddenSources } from '../contract/derived';
import {
  roleOf,
  targetsOf,
  type ColumnMapping,
  type ColumnRole,
  type DatasetSummary,
} from '../contract/dataset';
import type { TrainingSettings } from '../contract/settings';
import type { NewRun, RunColumn } from '../library';

/** What a run is to remember of the file and the mapping it was trained on. Columns that were not used are left out; those that derived inputs are made from come last. */
export function newRunOf(
  summary: DatasetSummary,
  mapping: ColumnMapping,
  settings: TrainingSettings,
): NewRun {
  const choices = new Map(mapping.columns.map((choice) => [choice.index, choice]));
  const severalTargets = mapping.alsoTargets.length > 0;
  const isTarget = (role: ColumnRole): boolean => role === 'target' || role === 'also-target';
  const column = (index: number): RunColumn | null => {
    const report = summary.columns[index];
    if (report === undefined) return null;
    const choice = choices.get(index) ?? {
      quantity: report.quantity,
      unit: report.unit,
      useUnit: report.unit,
      gapPolicy: 'linear' as const,
      runningTotal: report.runningTotal,
      perStep: undefined,
      struck: undefined,
    };
    const {
      quantity,
      unit,
      useUnit,
      gapPolicy,
      struck,
      perStep,
      runningTotal = report.runningTotal,
    } = choice;
    const role = roleOf(mapping, index);
    // Only kept for amounts that count up: found in the whole of this file, while a newer one may be too short to show it.
    const counts = runningTotal ? { runningTotal, perStep: perStep ?? !isTarget(role) } : {};
    const stands = severalTargets && isTarget(role) ? { isInput: mapping.inputs.includes(index) } : {};
    const edited = struck === undefined ? {} : { struck };
    return { name: report.name, quantity, unit, useUnit, gapPolicy, role, ...counts, ...edited, ...stands };
  };
  // The inputs keep their order; a target that is an input stands at its place among them.
  const hidden = hiddenSources(
    mapping,
    (index) => summary.columns[index]?.name ?? '',
    summary.step?.seconds ?? 0,
  );
  const used = [...new Set([mapping.time, ...mapping.inputs, ...targetsOf(mapping), ...hidden])];
  const { stepSeconds, gapLimit, derived } = mapping;
  const target = summary.columns[mapping.target]?.name ?? '';
  return {
    name: `${target} · ${summary.fileName}`.slice(0, 120),
    sourceFile: summary.fileName,
    columns: used.map(column).filter((each) => each !== null),
    stepSeconds,
    gapLimit,
    derived,
    settings,
  };
}
