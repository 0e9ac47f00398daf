import { DETECT_ALL } from '../contract/dataset';
import type { FleetStation } from '../contract/fleet';
import type { StationOutlook } from '../contract/fleet-view';
import { toProblem } from '../contract/problems';
import { sourceOfPath, type DatasetReader } from '../dataset';
import { planStation, type FleetWish } from './plan-station';

/**
 * How a station would be trained, or why it cannot be: it is read and mapped, and nothing is trained.
 * @throws Problem 'cancelled'
 */
export async function outlookFor(
  { file, station }: FleetStation,
  reader: DatasetReader,
  wish: FleetWish,
): Promise<StationOutlook> {
  try {
    const summary = await reader.open(sourceOfPath(file), undefined, { ...DETECT_ALL, station });
    const { mapping, settings, remarks } = planStation(summary, wish);
    const { train, validation, test } = await reader.check(summary.id, mapping, settings);
    const { rows, range, step, columns } = summary;
    const target = columns[mapping.target]!;
    const unitUsed = mapping.columns.find(({ index }) => index === mapping.target)?.useUnit;
    return {
      kind: 'planned',
      rows,
      range,
      stepSeconds: mapping.stepSeconds ?? step?.seconds ?? NaN,
      target: target.name,
      unitRead: target.unit,
      unit: unitUsed ?? target.unit,
      inputs: mapping.inputs.map((index) => columns[index]?.name ?? ''),
      window: settings.window,
      horizon: settings.horizon,
      windows: [train, validation, test],
      remarks,
    };
  } catch (error) {
    const problem = toProblem(error);
    if (problem.code === 'cancelled') throw problem;
    return { kind: 'failed', problem: problem.toData() };
  }
}
