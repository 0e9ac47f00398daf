import { describe, expect, it } from 'vitest';
import { phrase } from '../contract/phrases';
import { Problem } from '../contract/problems';
import { answer, type Handlers } from './answer';

const handlers = {
  deleteRun: ({ runId }: { runId: string }) => {
    if (runId === 'gone') throw new Problem('run-missing');
    if (runId === 'broken') throw new Error('boom');
  },
  listRuns: () => [],
} as unknown as Handlers;

describe('answer', () => {
  it('wraps a value', async () => {
    expect(await answer('listRuns', handlers, undefined)).toEqual({ ok: true, value: [] });
  });

  it('refuses an input that the schema does not take, before the handler sees it', async () => {
    const result = await answer('deleteRun', handlers, { runId: '../..' });
    expect(result).toMatchObject({ ok: false, problem: { code: 'request-invalid' } });
  });

  it('passes problems on as data and hides what was not foreseen behind one', async () => {
    expect(await answer('deleteRun', handlers, { runId: 'gone' })).toEqual({
      ok: false,
      problem: { code: 'run-missing', params: {} },
    });
    expect(await answer('deleteRun', handlers, { runId: 'broken' })).toEqual({
      ok: false,
      problem: { code: 'unexpected', params: { cause: phrase('said', { text: 'boom', error: 'Error' }) } },
    });
  });
});
