import { describe, expect, it } from 'vitest';
import { Problem } from '../../../src-main/contract/problems';
import { RunResult } from './run-result.svelte';

/** A question whose answers are given by hand. */
function questions() {
  const asked: { runId: string; answer: (value: string) => void; fail: (error: Error) => void }[] = [];
  const result = new RunResult<string>(
    (runId) => new Promise((answer, fail) => asked.push({ runId, answer, fail })),
  );
  return { asked, result };
}

describe('RunResult', () => {
  it('asks once for a run', async () => {
    const { asked, result } = questions();
    const first = result.load('a');
    await result.load('a');
    expect(asked).toHaveLength(1);
    expect(result.loading).toBe(true);
    asked[0]?.answer('A');
    await first;
    await result.load('a');
    expect(asked).toHaveLength(1);
    expect(result).toMatchObject({ value: 'A', problem: null, loading: false });
  });

  it('asks again when the run was trained further', async () => {
    const { asked, result } = questions();
    const loads = [result.load('a', 5), result.load('a', 5), result.load('a', 9)];
    for (const { answer } of asked) answer('A');
    await Promise.all(loads);
    expect(asked).toHaveLength(2);
  });

  it('does not show the late answer of a run that was left', async () => {
    const { asked, result } = questions();
    const loads = [result.load('a'), result.load('b')];
    asked[1]?.answer('B');
    asked[0]?.answer('A');
    await Promise.all(loads);
    expect(result.value).toBe('B');
  });

  it('keeps the problem, and asks again when told to', async () => {
    const { asked, result } = questions();
    const first = result.load('a');
    asked[0]?.fail(new Problem('run-missing'));
    await first;
    expect(result).toMatchObject({ value: null, problem: { code: 'run-missing' }, loading: false });
    const second = result.load('a');
    asked[1]?.answer('A');
    await second;
    expect(result).toMatchObject({ value: 'A', problem: null });
  });
});
