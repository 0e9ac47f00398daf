import { describe, expect, it } from 'vitest';
import { fits, isNewEnough } from './dependencies.mjs';
import { SetupProblem, runSteps } from './steps.mjs';

function recorder() {
  const lines: string[] = [];
  return {
    lines,
    ready: (name: string) => lines.push(`ready ${name}`),
    doing: (name: string, doing: string) => lines.push(`doing ${name} ${doing}`),
    done: (name: string, detail: string) => lines.push(`done ${name} ${detail}`),
    failed: (name: string, cause: string, wayOut: string) => lines.push(`failed ${name} ${cause} ${wayOut}`),
  };
}

describe('runSteps', () => {
  const ready = { name: 'a', check: async () => 'there', act: async () => '' };
  const work = { name: 'b', check: async () => undefined, act: async () => 'made' };
  const broken = {
    ...work,
    name: 'c',
    act: async () => {
      throw new SetupProblem('No network.', 'Plug it in.');
    },
  };

  it('takes the lock only when there is work, once, and gives it back', async () => {
    let taken = 0;
    let given = 0;
    const lock = async () => {
      taken += 1;
      return async () => {
        given += 1;
      };
    };
    await runSteps([ready], recorder(), lock);
    expect([taken, given]).toEqual([0, 0]);
    await runSteps([ready, work, work, broken], recorder(), lock);
    expect([taken, given]).toEqual([1, 1]);
  });

  it('looks again once it has the lock, as another set-up may have done the work', async () => {
    const report = recorder();
    let checks = 0;
    const step = { ...work, check: async () => ((checks += 1) > 1 ? 'there' : undefined) };
    await runSteps([step], report, async () => async () => {});
    expect(report.lines).toEqual(['ready b']);
  });

  it('stops at a failure and names step, cause and way out', async () => {
    const report = recorder();
    expect(await runSteps([broken, ready], report, async () => async () => {})).toBe(false);
    expect(report.lines).toEqual(['failed c No network. Plug it in.']);
  });

  it('goes on after the failure of an optional step', async () => {
    const report = recorder();
    const steps = [{ ...broken, optional: true }, ready];
    expect(await runSteps(steps, report, async () => async () => {})).toBe(true);
    expect(report.lines).toEqual(['failed c No network. Plug it in.', 'ready a']);
  });
});

describe('fits', () => {
  const wanted = {
    'node_modules/a': { version: '1.0.0' },
    'node_modules/b': { version: '2.0.0', optional: true },
  };

  it('wants the same versions, and forgives optional packages of other platforms', () => {
    expect(fits(wanted, { 'node_modules/a': { version: '1.0.0' } })).toBe(true);
    expect(fits(wanted, { 'node_modules/a': { version: '1.0.1' } })).toBe(false);
    expect(fits(wanted, { 'node_modules/b': { version: '2.0.0' } })).toBe(false);
  });

  it('notices what the lock file no longer knows', () => {
    const installed = { 'node_modules/a': { version: '1.0.0' }, 'node_modules/c': { version: '1.0.0' } };
    expect(fits(wanted, installed)).toBe(false);
  });
});

describe('isNewEnough', () => {
  it('knows the oldest Node.js that we start on', () => {
    expect(['20.18.3', '18.20.0'].map(isNewEnough)).toEqual([false, false]);
    expect(['20.19.0', '22.0.0', '24.1.0'].map(isNewEnough)).toEqual([true, true, true]);
  });
});
