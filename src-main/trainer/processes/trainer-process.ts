import type { DeviceChoice } from '../../contract/device';
import { forkProcess } from '../../processes/fork-process';
import type { WorkProcess } from '../../processes/work-process';
import type { TrainerRequest } from './protocol';

/** A process that runs trainer-main.ts, however it was started. */
export type TrainerProcess = WorkProcess<TrainerRequest>;

/**
 * What a trainer finds in its environment so that it computes where it should. It is fixed when the process starts: a CUDA
 * library looks at it once, when it loads, and sees no GPU then.
 */
export function deviceEnvironment(device: DeviceChoice): Readonly<Record<string, string>> {
  return device === 'cpu' ? { CUDA_VISIBLE_DEVICES: '-1' } : {};
}

/** A trainer as a child of plain Node. @param entry the absolute path of the bundled `trainer.cjs` */
export function forkTrainer(entry: string, device: DeviceChoice = 'auto'): TrainerProcess {
  return forkProcess(entry, deviceEnvironment(device));
}
