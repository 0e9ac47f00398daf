import { join } from 'node:path';
import { MOST_MEMBERS } from '../contract/network';

/**
 * Where a network of a run keeps its checkpoint and its history: the first in the run's own folder, each other in a
 * folder within it. @param member counts from 0
 */
export function memberFolder(runFolder: string, member: number): string {
  return member === 0 ? runFolder : join(runFolder, `member-${member + 1}`);
}

/** Where a run keeps the weights of its `rehearsal`. */
export const rehearsalFolder = (runFolder: string): string => join(runFolder, 'rehearsal');

/** The folders with weights that a run may have within its own. */
export function furtherWeightFolders(runFolder: string): readonly string[] {
  const members = Array.from({ length: MOST_MEMBERS - 1 }, (_, index) => memberFolder(runFolder, index + 1));
  return [...members, rehearsalFolder(runFolder)];
}
