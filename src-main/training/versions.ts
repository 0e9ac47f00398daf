import { HINDCAST_VERSION } from '../contract/version';

/** What a run was trained with. */
export function currentVersions(tensorflow: string): Readonly<Record<string, string>> {
  return { hindcast: HINDCAST_VERSION, tensorflow, node: process.versions.node };
}
