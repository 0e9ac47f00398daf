import { describe, expect, it } from 'vitest';
import { withinHorizon } from '../../contract/dataset';
import type { Series } from '../../contract/series';
import { readContent } from '../fixture';
import { summarise } from '../summary/summarise';
import { makeSeries } from './make-series';
import { mappingByNames } from './mapping';
import { clearSkyOfDay, clearSkyRadiation, dayLength, sunHeight } from './sun';

const HOUR_MS = 3_600_000;
const SEOUL = { latitude: 37.57, longitude: 126.97, utcOffset: 9, ahead: 1 };

async function seriesOf(stepHours: number, horizon: number, change = 0): Promise<Series> {
  const lines = Array.from({ length: 60 }, (_, row) => {
    const time = new Date(Date.UTC(2021, 5, 1) + row * stepHours * HOUR_MS).toISOString().slice(0, 16);
    return `${time},${10 + (row % 7) + change}\n`;
  });
  const table = await readContent(`time,temp\n${lines.join('')}`);
  const mapping = mappingByNames(summarise(table, 'test'), { target: 'temp', sun: SEOUL });
  return makeSeries(table, withinHorizon(mapping, horizon));
}
const named = (series: Series, name: string): Float32Array =>
  series.variables.find((variable) => variable.name === name && variable.made === true)!.values;

describe('the sun among the inputs', () => {
  it('is of hours its height and the radiation of a clear sky, at the time that is forecast last', async () => {
    const series = await seriesOf(1, 24);
    expect(series.inputs.map((place) => series.variables[place]!.name)).toEqual([
      'temp',
      'sun height',
      'clear-sky radiation',
    ]);
    series.time.forEach((time, row) => {
      const height = sunHeight(time + (24 - 9) * HOUR_MS, SEOUL.latitude, SEOUL.longitude);
      expect(named(series, 'sun height')[row]).toBe(Math.fround(height));
      expect(named(series, 'clear-sky radiation')[row]).toBe(Math.fround(clearSkyRadiation(height)));
    });
    // 2 June, noon of the sun in Seoul.
    const noon = named(series, 'sun height').indexOf(Math.max(...named(series, 'sun height').slice(0, 24)));
    expect([12, 13]).toContain(new Date(series.time[noon]!).getUTCHours());
  });

  it('is of days their length and the mean radiation of a clear sky', async () => {
    const series = await seriesOf(24, 3);
    series.time.forEach((time, row) => {
      const begin = time + (3 * 24 - 9) * HOUR_MS;
      const length = dayLength(begin + 12 * HOUR_MS, SEOUL.latitude);
      expect(named(series, 'length of day')[row]).toBe(Math.fround(length));
      const clear = clearSkyOfDay(begin, SEOUL.latitude, SEOUL.longitude);
      expect(named(series, 'clear-sky radiation')[row]).toBe(Math.fround(clear));
    });
  });

  it('knows nothing of the readings: changing them changes no bit', async () => {
    const [one, other] = [await seriesOf(1, 12), await seriesOf(1, 12, 5)];
    for (const name of ['sun height', 'clear-sky radiation']) {
      expect(named(other, name)).toEqual(named(one, name));
    }
  });
});
