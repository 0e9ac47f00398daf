import { HINDCAST_VERSION } from '../contract/version';
import type { DeviceDescription } from '../engine';

/** What a run was trained with. */
export function currentVersions({
  tensorflowVersion,
  kernels,
}: DeviceDescription): Readonly<Record<string, string>> {
  return { hindcast: HINDCAST_VERSION, tensorflow: tensorflowVersion, kernels, node: process.versions.node };
}
