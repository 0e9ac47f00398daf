import { createHash } from 'node:crypto';
import { lstat, open } from 'node:fs/promises';
import { z } from 'zod';
import { phrase } from '../contract/phrases';

/** The phrase for a file whose content is not what was written into it. */
export const BROKEN_SEAL = phrase('seal-broken');

/** SHA-256 in hexadecimal digits. */
export function checksumOf(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

/** A value as JSON that ends with a checksum over the rest, for `sealed` to check. @param space as of `JSON.stringify` */
export function sealJson(value: object, space?: number): string {
  return JSON.stringify({ ...value, sha256: checksumOf(JSON.stringify(value)) }, null, space);
}

/** What a schema takes, with or without a checksum: files of earlier versions have none. One that does not fit is refused. */
export function sealed<S extends z.ZodType>(schema: S): z.ZodPipe<z.ZodType<unknown>, S> {
  const unsealed = z.unknown().transform((value, context) => {
    if (typeof value !== 'object' || value === null || !('sha256' in value)) return value;
    const { sha256, ...content } = value;
    if (sha256 === checksumOf(JSON.stringify(content))) return content;
    context.addIssue({ code: 'custom', params: { cause: BROKEN_SEAL } });
    return z.NEVER;
  });
  return unsealed.pipe(schema as never) as never;
}

/** Far enough into a file for the format that stands at its beginning. */
const FORMAT_BYTES = 200;

/**
 * Whether a file is JSON that begins with the name of a format, as all of Hindcast's do: the mark by which a file is known
 * as ours. What is in it need not be whole.
 */
export async function bearsFormat(path: string, format: string): Promise<boolean> {
  try {
    if (!(await lstat(path)).isFile()) return false;
    const file = await open(path, 'r');
    const { buffer, bytesRead } = await file
      .read(Buffer.alloc(FORMAT_BYTES), 0, FORMAT_BYTES, 0)
      .finally(() => file.close());
    const [, found] =
      /^\s*\{\s*"format"\s*:\s*"([a-z-]{1,50})"/.exec(buffer.toString('utf8', 0, bytesRead)) ?? [];
    return found === format;
  } catch {
    return false;
  }
}
