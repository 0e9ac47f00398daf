import type { FileHandle } from 'node:fs/promises';
import { basename } from 'node:path';
import type { z } from 'zod';
import { causeOfIssues } from '../contract/schema-cause';
import { phrase, type Phrase } from '../contract/phrases';
import { Problem } from '../contract/problems';
import { isSameFile, withRegularFile } from './regular';

/**
 * Reads a whole file that must not be larger than a limit in bytes; no more than that is read, whatever its size is said
 * to be.
 * @param growth 'grows' of a file that another process may write at this moment: as much as it held when it was opened;
 * 'beginning': its first `limit` bytes, of a file of any size
 * @throws Problem 'file-missing', 'file-unreadable', 'file-too-large', 'file-changed'
 */
export async function readBounded(
  path: string,
  limit: number,
  growth: 'whole' | 'grows' | 'beginning' = 'whole',
): Promise<Buffer> {
  const file = basename(path);
  return withRegularFile(path, async (handle, before) => {
    const tooLarge = (bytes: number): Problem =>
      new Problem('file-too-large', {
        file,
        size: phrase('bytes', { bytes }),
        limit: phrase('bytes', { bytes: limit }),
      });
    if (growth === 'beginning') return readUpTo(handle, limit, limit);
    if (before.size > limit) throw tooLarge(before.size);
    if (growth === 'grows') return readUpTo(handle, before.size, before.size);
    const content = await readUpTo(handle, limit + 1, before.size + 1);
    if (content.length > limit) throw tooLarge(content.length);
    const after = await handle.stat();
    // What the system makes up as it is read (/proc) has a size of 0.
    const isMadeUp = before.size === 0 && after.size === 0;
    if (!isSameFile(before, after) || (content.length !== after.size && !isMadeUp)) {
      throw new Problem('file-changed', { file });
    }
    return content;
  });
}

const LEAST_BLOCK_BYTES = 64 * 1024;

/** The first bytes of a file, at most `most`. @param expected how many there may be */
async function readUpTo(handle: FileHandle, most: number, expected: number): Promise<Buffer> {
  const blocks: Buffer[] = [];
  let length = 0;
  while (length < most) {
    const size = Math.min(most - length, Math.max(expected - length, LEAST_BLOCK_BYTES));
    const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafe(size), 0, size, null);
    if (bytesRead === 0) break;
    blocks.push(buffer.subarray(0, bytesRead));
    length += bytesRead;
  }
  return blocks.length === 1 ? (blocks[0] ?? Buffer.alloc(0)) : Buffer.concat(blocks, length);
}

/**
 * Reads a JSON file and parses it with a schema. `invalid` makes the problem from the reason.
 * @throws Problem what `readBounded` throws, or `invalid(cause)`
 */
export async function readJson<T>(
  path: string,
  schema: z.ZodType<T>,
  limit: number,
  invalid: (cause: Phrase) => Problem,
): Promise<T> {
  return parseJson(await readBounded(path, limit), schema, invalid);
}

/** The same of bytes that are there. @throws Problem `invalid(cause)` */
export function parseJson<T>(bytes: Buffer, schema: z.ZodType<T>, invalid: (cause: Phrase) => Problem): T {
  let value: unknown;
  try {
    value = JSON.parse(bytes.toString('utf8'));
  } catch {
    throw invalid(phrase('not-json'));
  }
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw invalid(causeOfIssues(parsed.error.issues));
  return parsed.data;
}
