import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import type { z } from 'zod';
import { Problem } from '../contract/problems';
import { causeOf } from './atomic';

/**
 * Reads a whole file that must not be larger than a limit in bytes.
 * @throws Problem 'file-missing', 'file-unreadable' or 'file-too-large'
 */
export async function readBounded(path: string, limit: number): Promise<Buffer> {
  const name = basename(path);
  try {
    const file = await open(path, 'r');
    try {
      const { size } = await file.stat();
      if (size > limit) {
        throw new Problem('file-too-large', {
          file: name,
          size: formatBytes(size),
          limit: formatBytes(limit),
        });
      }
      return await file.readFile();
    } finally {
      await file.close();
    }
  } catch (error) {
    if (error instanceof Problem) throw error;
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      throw new Problem('file-missing', { file: path }, { cause: error });
    }
    throw new Problem('file-unreadable', { file: name, cause: causeOf(error) }, { cause: error });
  }
}

/**
 * Reads a JSON file and parses it with a schema. `invalid` makes the problem from the reason.
 * @throws Problem what `readBounded` throws, or `invalid(cause)`
 */
export async function readJson<T>(
  path: string,
  schema: z.ZodType<T>,
  limit: number,
  invalid: (cause: string) => Problem,
): Promise<T> {
  const text = (await readBounded(path, limit)).toString('utf8');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw invalid('it is not JSON');
  }
  const parsed = schema.safeParse(value);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw invalid(issue === undefined ? 'its form' : `${issue.path.join('.')}: ${issue.message}`);
  }
  return parsed.data;
}

/** A size for people, in powers of 1024: '1.9 GB'. */
export function formatBytes(bytes: number): string {
  const units = ['bytes', 'KB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${unit === 0 ? value : value.toFixed(1)} ${units[unit]}`;
}
