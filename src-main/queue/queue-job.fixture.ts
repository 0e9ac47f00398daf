import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { workOn, type JobKind } from './job-kinds';
import type { WorkOf } from './job-worker';
import type { Timing } from './timing';

const hash = z.string().length(64);
const askSchema = z.strictObject({
  content: hash,
  rounds: z.number().int().min(0).max(1000),
  ms: z.number(),
});
const answerSchema = z.strictObject({ digest: hash, kept: hash });
type Ask = z.infer<typeof askSchema>;
type Answer = z.infer<typeof answerSchema>;

/** A job that costs next to nothing, and whose answer is right or wrong to the last bit. */
export const DIGEST_JOB: JobKind<Ask, Answer> = { name: 'digest', ask: askSchema, answer: answerSchema };

export const LIKENESS = { version: 'test', kernels: 'none' };

/** Quick, so that a worker's end is noticed soon. A job may be begun as often as a slow machine makes it. */
export const TEST_TIMING: Timing = {
  lockMs: 3000,
  stalledMs: 1000,
  beatMs: 500,
  lookMs: 200,
  retryMs: 200,
  leaveMs: 100,
  awayMs: 500,
  restMs: 300,
  mostStalls: 10_000,
};

export function digestOf(content: Uint8Array, rounds: number): string {
  let bytes: Uint8Array = content;
  for (let round = 0; round <= rounds; round++) bytes = createHash('sha256').update(bytes).digest();
  return Buffer.from(bytes).toString('hex');
}

export const digestWork: WorkOf = (contents) =>
  workOn(DIGEST_JOB, async ({ content, rounds, ms }, { keep, leave, onProgress, signal }) => {
    const bytes = await contents.get(content);
    onProgress(0.5);
    const digest = digestOf(bytes, rounds);
    await pause(ms, undefined, { signal });
    // The same as it keeps in the end.
    leave(1, () => Promise.resolve(Buffer.from(digest)));
    return { digest, kept: await keep(Buffer.from(digest)) };
  });
