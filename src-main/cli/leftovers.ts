import { dirname, resolve } from 'node:path';
import { sweepTemporaries } from '../files/atomic';
import { sweepRun } from '../library';
import type { Arguments } from './arguments';

/**
 * Finishes or removes what killed processes left in the folders that a command names, and beside what it writes: what the
 * app does at its start. Never fails: the command itself reports what is wrong.
 */
export async function sweepPlaces({ operands, all }: Pick<Arguments, 'operands' | 'all'>): Promise<void> {
  const written = all('out').map((path) => resolve(path));
  const named = operands.map((path) => resolve(path));
  for (const place of new Set([...named, ...written])) await sweepRun(place).catch(() => undefined);
  for (const around of new Set(written.map((path) => dirname(path)))) await sweepTemporaries(around);
}
