import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeProblem, Problem, PROBLEM_CODES, stackOf, toProblem, watchUnexpected } from './problems';
import { convertUnit, physicalRange, QUANTITIES, unitsOf } from './quantities';
import { preferencesSchema, requestSchemas } from './requests';
import { presetOf, presetSettings, trainingSettingsSchema } from './settings';
import { fillTemplate, phrase } from '../contract/phrases';

describe('requests', () => {
  it('refuse what does not belong', () => {
    expect(requestSchemas.verifyRun.safeParse({ runId: '../../etc' }).success).toBe(false);
    expect(requestSchemas.verifyRun.safeParse({ runId: 'a1', extra: 1 }).success).toBe(false);
    expect(requestSchemas.readRows.safeParse({ datasetId: 'a', from: 0, count: 1e9 }).success).toBe(false);
  });
});

describe('preferences', () => {
  it('of version 0.1, with one path, are still understood', () => {
    const work = { source: { kind: 'file', path: '/a.csv' }, mapping: null, settings: null, runId: null };
    const parsed = preferencesSchema.parse({ theme: 'dark', language: null, work });
    expect(parsed.work?.source).toEqual({ kind: 'file', paths: ['/a.csv'] });
  });
});

describe('problems', () => {
  it('tell what they were given, in one sentence without a left-over brace', () => {
    const problem = new Problem('target-words', { column: 'weather', line: 2, text: 'rain' });
    expect(problem.message).toContain('“weather”');
    expect(problem.message).toContain('line 2');
    for (const code of PROBLEM_CODES) expect(describeProblem({ code, params: {} })).not.toMatch(/[{}]/);
  });

  it('do not read a template that a parameter smuggles in', () => {
    expect(fillTemplate('a {x}', { x: '{y}', y: 'no' })).toBe('a {y}');
  });

  it('keep what was not foreseen as a cause, without its stack', () => {
    const problem = toProblem(new TypeError('no such thing'));
    expect(problem.toData()).toEqual({
      code: 'unexpected',
      params: { cause: phrase('said', { text: 'no such thing', error: 'TypeError' }) },
    });
  });

  it('tell the log of what was not foreseen, once, and of nothing else', () => {
    const told: unknown[] = [];
    watchUnexpected((error) => told.push(error));
    const error = new TypeError('no such thing');
    toProblem(error);
    toProblem(error);
    toProblem('a string');
    toProblem(new Problem('cancelled'));
    watchUnexpected(() => undefined);
    expect(told).toEqual([error, 'a string']);
  });

  it('have a stack with the causes, and nothing of what was thrown that is no error', () => {
    const stack = stackOf(new Error('outer', { cause: new Error('inner', { cause: '12.5' }) }));
    expect(stack).toMatch(/^Error: outer\n {4}at [^]*\ncaused by Error: inner\n {4}at /);
    expect(stack).not.toContain('12.5');
    expect(stackOf({ reading: 12.5 })).toBe('thrown: no error, a value of type object');
  });
});

describe('units', () => {
  it('convert known points', () => {
    expect(convertUnit(212, 'temperature', '°F', '°C')).toBeCloseTo(100, 10);
    expect(convertUnit(0, 'temperature', '°C', 'K')).toBeCloseTo(273.15, 10);
    expect(convertUnit(36, 'wind speed', 'km/h', 'm/s')).toBeCloseTo(10, 10);
    expect(convertUnit(29.92, 'pressure', 'inHg', 'hPa')).toBeCloseTo(1013.2, 1);
    expect(convertUnit(1, 'rain', 'in', 'mm')).toBeCloseTo(25.4, 10);
    expect(physicalRange('temperature', '°F')).toEqual([expect.closeTo(-130), expect.closeTo(140)]);
  });

  it('convert there and back', () => {
    const anyConversion = fc
      .constantFrom(...QUANTITIES)
      .chain((quantity) =>
        fc.tuple(
          fc.constant(quantity),
          fc.constantFrom(...unitsOf(quantity)),
          fc.constantFrom(...unitsOf(quantity)),
          fc.double({ min: -1000, max: 1000, noNaN: true }),
        ),
      );
    fc.assert(
      fc.property(anyConversion, ([quantity, from, to, value]) => {
        const back = convertUnit(convertUnit(value, quantity, from, to), quantity, to, from);
        expect(back).toBeCloseTo(value, 6);
      }),
    );
  });
});

describe('settings', () => {
  it('have presets that their own schema takes, and that are known again whatever the seed', () => {
    for (const preset of ['tutorial', 'recommended'] as const) {
      const settings = presetSettings(preset);
      expect(trainingSettingsSchema.parse(settings)).toEqual(settings);
      expect(presetOf({ ...settings, seed: 7 })).toBe(preset);
      expect(presetOf({ ...settings, hidden: settings.hidden + 1 })).toBeNull();
    }
    const asked = { window: 14, horizon: 3, testFrom: 86_400_000 };
    expect(presetOf({ ...presetSettings('recommended'), ...asked })).toBe('recommended');
    expect(presetOf({ ...presetSettings('tutorial'), ...asked })).toBeNull();
  });

  it('from before windows with a filled gap could be kept left them out', () => {
    const { filledWindows, ...older } = presetSettings('tutorial');
    expect(filledWindows).toBe('keep');
    expect(trainingSettingsSchema.parse(older)).toEqual({ ...older, filledWindows: 'leave-out' });
  });
});
