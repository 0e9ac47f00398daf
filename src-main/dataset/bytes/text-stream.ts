import iconv from 'iconv-lite';
import { secondsLeftAfter } from '../../contract/progress';
import type { ByteSource } from './byte-source';

const PROGRESS_EVERY_MS = 80;
/** Before this much has passed an estimate of the time left would only jump. */
const FIRST_ESTIMATE_MS = 500;

/**
 * The text of a file in blocks. Between blocks the event loop turns, so that a cancel takes effect; progress is reported by
 * stored bytes, about twelve times a second.
 */
export async function* streamText(
  content: ByteSource,
  codec: string,
  signal: AbortSignal,
  onProgress: (fraction: number, secondsLeft: number | null) => void,
): AsyncGenerator<string> {
  const decoder = iconv.getDecoder(codec);
  const started = Date.now();
  let told = started;
  for await (const { bytes, fraction } of content.blocks(signal)) {
    yield decoder.write(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    const now = Date.now();
    if (now - told < PROGRESS_EVERY_MS) continue;
    told = now;
    const elapsed = now - started;
    onProgress(fraction, elapsed < FIRST_ESTIMATE_MS ? null : secondsLeftAfter(elapsed / 1000, fraction));
  }
  const rest = decoder.end();
  if (rest !== undefined && rest !== '') yield rest;
  onProgress(1, 0);
}
