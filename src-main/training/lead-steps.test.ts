import { afterEach, describe, expect, it } from 'vitest';
import type { Series, Variable } from '../contract/series';
import type { TrainingSettings } from '../contract/settings';
import { TrainingSession } from '../engine';
import { forward, initialiseParameters } from '../network';
import { prepare, withServiceErrors, type Preparation } from '../series';
import { fixtureSeries, fixtureSettings, noise } from '../series/series.fixture';
import { dataOf, makePlan } from './plan';

const [ROWS, LEADS] = [140, 4];
const SINGLE = { steps: 1, shards: 1 };

/** Readings, and a service and a cloud forecast that are known `LEADS` steps before: in each row what was said of later ones. */
function series(
  changed: (valid: number) => number = () => 0,
  reading: (row: number) => number = () => 0,
): Series {
  const told = (seed: number, name: string): Omit<Variable, 'filled'>[] => {
    const said = noise(ROWS + LEADS, seed);
    return Array.from({ length: LEADS }, (_, index) => ({
      name: `${name} +${index + 1}`,
      lead: index + 1,
      quantity: 'temperature' as const,
      unit: '°C',
      values: Float32Array.from({ length: ROWS }, (_value, row) => {
        const valid = row + index + 1;
        return said[valid]! + changed(valid);
      }),
    }));
  };
  const base = fixtureSeries([
    { name: 'temperature', values: Float64Array.from(noise(ROWS, 3), (value, row) => value + reading(row)) },
  ]);
  const forecasts = [...told(5, 'service'), ...told(7, 'cloud')].map((variable) => ({
    ...variable,
    filled: new Uint8Array(ROWS),
  }));
  return withServiceErrors({
    ...base,
    variables: [...base.variables, ...forecasts],
    inputs: Array.from({ length: 1 + 2 * LEADS }, (_, index) => index),
    service: Array.from({ length: LEADS }, (_, index) => 1 + index),
  });
}

const settings = fixtureSettings({
  ...{ window: 6, horizon: 3, hidden: 5, validationShare: 0.2, scalerFit: 'training' },
  ...{ leadSteps: 'stepped', calendarYear: true, yearHarmonics: 2, batchSize: 8 },
} satisfies Partial<TrainingSettings>);

const sessions: TrainingSession[] = [];
afterEach(() => sessions.splice(0).forEach((session) => session.close()));

function open(preparation: Preparation, execution = SINGLE): TrainingSession {
  const plan = makePlan(settings, preparation);
  const theta = initialiseParameters(plan.network, { scheme: 'keras', seed: 1 });
  const session = TrainingSession.open(plan, dataOf(preparation), theta, execution);
  sessions.push(session);
  return session;
}

const windowOf = ({ inputs, inputCount, window }: Preparation, start: number): Float32Array =>
  inputs.slice(start * inputCount, (start + window) * inputCount);

describe('a network that goes on through the lead times', () => {
  it('has a feature for each reading, and one for each forecast, whatever its lead times', () => {
    const { leadRows, inputCount } = prepare(series(), settings);
    const {
      known,
      byRow: { columns },
    } = leadRows!.ahead;
    // The reading, five mean errors, four of the calendar; then service and cloud, of which three lead times are of use.
    expect(known).toEqual([...new Array<number>(10).fill(0), 3, 3]);
    expect(columns.slice(-2)).toEqual([
      [1, 2, 3],
      [5, 6, 7],
    ]);
    expect(inputCount).toBe(1 + 2 * LEADS + 5 + 4);
  });

  it('says in the compiled graph what the reference says of the window', () => {
    const preparation = prepare(series(), settings);
    const session = open(preparation);
    const { network } = makePlan(settings, preparation);
    const { theta } = session.readState();
    const { test } = preparation.split;
    const said = session.predict(test);
    test.forEach((start, index) => {
      const { outputs } = forward(network, theta, windowOf(preparation, start));
      outputs.forEach((value, lead) => expect(said[index * 3 + lead]).toBeCloseTo(value, 5));
    });
  });

  it('learns the same in shards', () => {
    const preparation = prepare(series(), settings);
    const [one, several] = [open(preparation), open(preparation, { steps: 2, shards: 4 })];
    const { train } = preparation.split;
    for (const session of [one, several]) session.trainSteps(train);
    const expected = one.readState().theta;
    several.readState().theta.forEach((value, index) => expect(value).toBeCloseTo(expected[index]!, 5));
  });

  it('sees nothing that was issued, or read, after the last reading of its window', () => {
    const learned = (from: Series) => {
      const preparation = prepare(from, settings);
      const session = open(preparation);
      // What is learned before the test part, and what is then said of its first window.
      session.trainSteps(preparation.split.train);
      const first = preparation.split.test.subarray(0, 1);
      return { theta: session.readState().theta, said: session.predict(first), first: first[0]! };
    };
    const before = learned(series());
    const last = before.first + settings.window - 1;
    const altered = learned(
      series(
        (valid) => (valid > last + LEADS ? 40 - valid : 0),
        (row) => (row > last ? 9 - (row % 7) : 0),
      ),
    );
    expect(altered).toEqual(before);
    // What was known by then counts: else this would prove nothing.
    const sooner = learned(series((valid) => (valid > last + 2 ? 40 - valid : 0)));
    expect(sooner.theta).toEqual(before.theta);
    expect(Array.from(sooner.said, (value, lead) => value === before.said[lead])).toEqual([
      true,
      true,
      false,
    ]);
  });

  it('is refused where nothing is known ahead', () => {
    const { variables, inputs, service: _service, ...rest } = series();
    const plain = { ...rest, variables: variables.slice(0, 1), inputs: inputs.slice(0, 1) };
    expect(() => prepare(plain, settings)).toThrow(/leadSteps|setting-invalid/);
    const late = { ...series(), inputs: inputs.filter((place) => place !== 1) };
    expect(() => prepare(late, settings)).toThrow();
  });
});
