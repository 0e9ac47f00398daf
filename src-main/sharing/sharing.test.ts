import { describe, expect, it } from 'vitest';
import type { Series } from '../contract/series';
import { predictWindows } from '../model/predict';
import { randomSource } from '../network';
import { prepare } from '../series';
import { weatherRun, weatherSeries } from '../trainer/trainer.fixture';
import {
  atStation,
  commonInputs,
  groupsOf,
  learnShared,
  sharedParts,
  tune,
  whyNotShared,
  type MemberStation,
} from '.';
import { newestParts } from './parts';

const { settings } = weatherRun({ horizon: 2, hidden: 5, epochs: 4, patience: 2, batchSize: 16 });

/** The same weather everywhere, some degrees apart, and noise of its own. */
function stationSeries(name: string, offset: number, rows = 260): Series {
  const random = randomSource(3, name);
  const common = weatherSeries(rows);
  return {
    ...common,
    variables: common.variables.map((variable) => ({
      ...variable,
      values: variable.values.map((value) => value + offset + random.normal()),
    })),
  };
}

const memberOf = (name: string, series: Series, changes: Partial<MemberStation> = {}): MemberStation => ({
  name,
  place: { latitude: 47 + series.variables[series.target]!.values[0]! / 100, longitude: 8, altitude: 400 },
  series,
  settings,
  preparation: prepare(series, settings),
  ...changes,
});

const hill = stationSeries('hill', -4);
const dale = stationSeries('dale', 3);
/** Begins later, and ends later. */
const late = { ...stationSeries('late', 1), time: hill.time.map((time) => time + 60 * 86_400_000) };

async function learned(stations: readonly MemberStation[]) {
  const parts = sharedParts(stations);
  const common = commonInputs(stations);
  const pooled = stations.map((station, place) => ({ station, place, parts: parts[place]! }));
  const network = await learnShared(pooled, common);
  const tuned = [];
  for (const { station, place } of pooled) {
    const seen = {
      station,
      place,
      parts: { ...station.preparation.split, test: new Int32Array() },
    };
    tuned.push({ seen, ...(await tune(network, seen)) });
  }
  return { network, tuned };
}

/** Every reading of the test part is another one, and some are missing. */
function withOtherTest({ series, preparation }: MemberStation): Series {
  const { split, window, horizon } = preparation;
  const last = split.validation[split.validation.length - 1]!;
  const border = last + window + horizon;
  return {
    ...series,
    variables: series.variables.map((variable) => ({
      ...variable,
      values: variable.values.map((value, row) =>
        row < border ? value : row % 11 === 5 ? NaN : 900 - 3 * value,
      ),
    })),
  };
}

describe('a model of several stations', () => {
  it('does not change by one bit when test parts are other ones, of its own station or of any', async () => {
    const before = [memberOf('hill', hill), memberOf('dale', dale), memberOf('late', late)];
    const first = await learned(before);
    for (const altered of ['hill', 'dale', 'late']) {
      const stations = before.map((station) =>
        station.name === altered
          ? { ...memberOf(station.name, withOtherTest(station)), place: station.place }
          : station,
      );
      const second = await learned(stations);
      expect(second.network.theta).toEqual(first.network.theta);
      expect(second.network.windows).toEqual(first.network.windows);
      expect(second.tuned.map(({ theta }) => theta)).toEqual(first.tuned.map(({ theta }) => theta));
      // What is said of the stations that were not altered stays too, to the bit.
      for (const [index, { seen, theta }] of second.tuned.entries()) {
        if (seen.station.name === altered) continue;
        const { test } = seen.station.preparation.split;
        const said = predictWindows(atStation(second.network, theta, seen), test);
        const was = first.tuned[index]!;
        expect(said).toEqual(predictWindows(atStation(first.network, was.theta, was.seen), test));
      }
    }
  });

  it('learns nothing of a moment that serves for validation or for the test anywhere', () => {
    const stations = [memberOf('hill', hill), memberOf('late', late)];
    const [atHill, atLate] = sharedParts(stations);
    const { window, horizon, split } = stations[0]!.preparation;
    const heldFrom = hill.time[split.train[split.train.length - 1]! + window + horizon]!;
    const ends = [...atLate!.train].map((start) => late.time[start + window + horizon - 1]!);
    const begins = [...atLate!.train].map((start) => late.time[start]!);
    const hillEnds = hill.time[hill.time.length - 1]!;
    expect(ends.every((end, index) => end < heldFrom || begins[index]! > hillEnds)).toBe(true);
    expect(atLate!.train.length).toBeLessThan(stations[1]!.preparation.split.train.length);
    expect(atHill!.train).toEqual(split.train);
  });

  it('says at a station, as a network of that station, what it says as one of all', async () => {
    // Humidity is not known everywhere, and stands at another place.
    const swapped: Series = {
      ...dale,
      variables: [dale.variables[1]!, { ...dale.variables[0]!, name: 'damp' }],
      inputs: [0, 1],
      target: 0,
    };
    const only: Series = { ...hill, variables: [hill.variables[1]!], inputs: [0], target: 0 };
    for (const residual of [false, true]) {
      const own = { ...settings, residual };
      const stations = [hill, swapped, only].map((series, index) =>
        memberOf(String(index), series, { settings: own, preparation: prepare(series, own) }),
      );
      const common = commonInputs(stations);
      expect(common).toEqual([[1, 0, 0]]);
      const parts = sharedParts(stations);
      const pooled = stations.map((station, place) => ({ station, place, parts: parts[place]! }));
      const network = await learnShared(pooled, common);
      const { pool, theta } = network;
      for (const seen of pooled) {
        const here = seen.station.preparation;
        const test = here.split.test.slice(0, 9);
        const together = pool.prepare(seen);
        const asAll = predictWindows(
          {
            record: { settings: { ...own, residual: false } },
            series: seen.station.series,
            preparation: together,
            composite: { members: [theta], lstmShare: 1, linear: null },
          },
          test,
        );
        const asOne = predictWindows(atStation(network, theta, seen), test);
        asAll.forEach((scaled, index) => {
          const start = test[Math.floor(index / 2)]!;
          const last = residual ? together.targets[start + here.window - 1]! : 0;
          const value = (scaled + last) * pool.targetScaler.scale + pool.targetScaler.mean;
          expect(asOne[index]! * here.targetScaler.scale + here.targetScaler.mean).toBeCloseTo(value, 3);
        });
      }
    }
  });

  it('is for stations of one step, quantity and settings; others say why not', () => {
    const hourly = { ...hill, step: { seconds: 3600, label: 'hourly' } };
    const stations = [
      memberOf('hill', hill),
      memberOf('dale', dale),
      { ...memberOf('dale', dale), series: hourly },
      { ...memberOf('dale', dale), settings: { ...settings, hidden: 6 } },
    ];
    expect(groupsOf(stations).map(({ length }) => length)).toEqual([2, 1, 1]);
    expect(stations.map(whyNotShared)).toEqual([null, null, null, null]);
    expect(whyNotShared({ ...stations[0]!, series: { ...hill, inputs: [0] } })).toBe('no-input');
    expect(whyNotShared({ ...stations[0]!, series: { ...hill, alsoTargets: [0] } })).toBe('several-targets');
  });

  it('has of a station with a month of readings that month alone', () => {
    const station = memberOf('hill', hill);
    const { split } = station.preparation;
    const parts = newestParts(station, 30, 0.2)!;
    const rows = [...parts.train, ...parts.validation];
    const last = split.validation[split.validation.length - 1]!;
    expect(Math.max(...rows)).toBe(last);
    // 30 days hold 22 windows of 9 days; those whose targets reach into the validation part are left out.
    expect(Math.min(...rows)).toBe(last - 21);
    expect(parts.test).toBe(split.test);
    expect(newestParts(station, 400, 0.2)).toBeNull();
  });
});
