import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeProblem, Problem } from '../contract/problems';
import { presetSettings } from '../contract/settings';
import { runToTrainSchema } from '../library';
import { smallRun } from '../library/run.fixture';
import { jobIdOf, takeJob, workOn, type Work } from '../queue/job-kinds';
import { LIKENESS } from '../queue/queue-job.fixture';
import { MEMBER_JOB } from './member-job';
import { STATION_JOB } from './station-job';
import { TRIAL_JOB } from './trial-job';

const MESSAGES = 10_000;
const HASH = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

const ENSEMBLE = { ...presetSettings('recommended'), members: 3 };

const asks = {
  [STATION_JOB.name]: { run: runToTrainSchema.parse(smallRun), series: HASH },
  [TRIAL_JOB.name]: {
    series: HASH,
    settings: presetSettings('recommended'),
    without: ['humidity'],
    epochs: 9,
    from: HASH,
  },
  [MEMBER_JOB.name]: { settings: ENSEMBLE, series: HASH, member: 2 },
};

let begun = 0;
const nothing = (): Promise<never> => {
  begun += 1;
  return Promise.reject(new Error('Nothing is begun here.'));
};
const works: ReadonlyMap<string, Work> = new Map(
  [workOn(STATION_JOB, nothing), workOn(TRIAL_JOB, nothing), workOn(MEMBER_JOB, nothing)].map((work) => [
    work.kind,
    work,
  ]),
);

/** Every place in a value: keys and numbers from its root on. */
function placesIn(value: unknown, before: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [before];
  return [before, ...Object.entries(value).flatMap(([key, each]) => placesIn(each, [...before, key]))];
}

/** The value with another at a place; undefined takes what is there away. */
function withAt(value: unknown, [key, ...rest]: readonly string[], other: unknown): unknown {
  if (key === undefined) return other;
  const copy: Record<string, unknown> | unknown[] = Array.isArray(value)
    ? [...(value as unknown[])]
    : { ...(value as Record<string, unknown>) };
  const changed = withAt((copy as Record<string, unknown>)[key], rest, other);
  if (changed === undefined) Reflect.deleteProperty(copy, key);
  else Object.defineProperty(copy, key, { value: changed, enumerable: true, configurable: true });
  return copy;
}

const hostile = fc.oneof(
  fc.constantFrom<unknown>(
    '../../../etc/passwd',
    '/etc/cron.d/hindcast',
    'C:\\Windows\\System32',
    '$(touch /tmp/hindcast-was-here)',
    '; DROP TABLE hindcast.result; --',
    '__proto__',
    'x'.repeat(100_000),
    '\u0000',
    NaN,
    Infinity,
    -1,
    0.5,
    1e300,
    Number.MAX_SAFE_INTEGER,
    null,
    undefined,
    true,
    [],
    {},
    { __proto__: { polluted: true } },
    { toString: 'x', constructor: 'y' },
  ),
  fc.anything({ maxDepth: 2 }),
);
const message = fc.record({
  name: fc.oneof(
    { weight: 9, arbitrary: fc.constantFrom(...works.keys()) },
    { weight: 1, arbitrary: fc.string() },
  ),
  changes: fc.array(fc.tuple(fc.nat(), hostile), { minLength: 1, maxLength: 4 }),
  /** Whether its number is that of what is asked: a stranger with the password can work it out. */
  isNumbered: fc.boolean(),
  added: fc.option(fc.tuple(fc.constantFrom('path', 'code', '__proto__', 'constructor'), hostile), {
    freq: 5,
  }),
});

describe('messages that a stranger may lay into the queue', () => {
  it(`${MESSAGES} of them are refused with a sentence, or ask for what may be asked; nothing of them is done`, () => {
    let refused = 0;
    fc.assert(
      fc.property(message, ({ name, changes, isNumbered, added }) => {
        const original = asks[name] ?? asks[STATION_JOB.name];
        let data: unknown = { format: 'hindcast-job', ask: original };
        for (const [at, other] of changes) {
          const places = placesIn(data);
          data = withAt(data, places[at % places.length]!, other);
        }
        if (added !== null) data = withAt(data, ['ask', added[0]], added[1]);
        // As a message comes out of the database.
        data = JSON.parse(JSON.stringify(data) ?? 'null') as unknown;
        const ask = (data as { readonly ask?: unknown } | null | undefined)?.ask;
        const id = jobIdOf(LIKENESS, name, isNumbered ? ask : original);
        try {
          takeJob(works, LIKENESS, { id, name, data });
        } catch (error) {
          expect(error).toBeInstanceOf(Problem);
          const problem = error as Problem;
          expect(problem.code).toBe('job-invalid');
          expect(describeProblem(problem.toData())).toMatch(
            /^The job does not fit \(.+\), and nothing of it was done/s,
          );
          expect(problem.message.length).toBeLessThan(2000);
          refused += 1;
          return;
        }
        // What is left asks for a training that anybody may ask for, of contents by their hash.
        const { series, from } = ask as { readonly series: unknown; readonly from?: unknown };
        expect(series).toMatch(/^[0-9a-f]{64}$/);
        if (name === TRIAL_JOB.name && from !== null) expect(from).toMatch(/^[0-9a-f]{64}$/);
      }),
      { numRuns: MESSAGES, seed: 15 },
    );
    expect(begun).toBe(0);
    expect(refused).toBeGreaterThan(MESSAGES / 2);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });
});
