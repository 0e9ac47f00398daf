import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { underEither } from './either-aborts';

const untilAborted = (signal: AbortSignal): Promise<string> =>
  new Promise((resolve) => {
    const tell = (): void => resolve('aborted');
    if (signal.aborted) tell();
    else signal.addEventListener('abort', tell);
  });

describe('work under either of two signals', () => {
  it.each([0, 1])('is told when signal %i aborts, before or meanwhile', async (which) => {
    const both = [new AbortController(), new AbortController()] as const;
    const meanwhile = underEither(both[0].signal, both[1].signal, untilAborted);
    both[which]!.abort();
    expect(await meanwhile).toBe('aborted');
    expect(await underEither(both[0].signal, both[1].signal, untilAborted)).toBe('aborted');
  });

  it('leaves no listener behind, whether it succeeds or fails', async () => {
    const [first, second] = [new AbortController().signal, new AbortController().signal];
    expect(await underEither(first, second, (either) => Promise.resolve(either.aborted))).toBe(false);
    await expect(underEither(first, second, () => Promise.reject(new Error('failed')))).rejects.toThrow(
      'failed',
    );
    for (const signal of [first, second]) expect(getEventListeners(signal, 'abort')).toEqual([]);
  });
});
