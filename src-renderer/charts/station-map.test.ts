import { describe, expect, it } from 'vitest';
import { mapRange, stationMap, type MapStation } from './station-map';
import { CHART_THEME as theme } from './theme.fixture';

const at = (
  name: string,
  latitude: number,
  longitude: number,
  verdict: MapStation['verdict'],
): MapStation => ({
  name,
  latitude,
  longitude,
  verdict,
  rmse: '2.00 °C',
});
const TEXT = {
  verdicts: { beats: 'better', level: 'level', loses: 'worse', failed: 'not trained' },
  longitude: 'Longitude',
  latitude: 'Latitude',
};

describe('the map of stations', () => {
  it('shows all of them, with degrees of longitude as long as they are there', () => {
    for (const places of [
      [at('a', 60, 10, 'beats'), at('b', 61, 30, 'beats')],
      [at('a', -10, 10, 'beats'), at('b', 25, 11, 'beats')],
      [at('a', 90, 0, 'beats')],
    ]) {
      const { west, east, south, north } = mapRange(places);
      for (const { latitude, longitude } of places) {
        expect(longitude > west && longitude < east && latitude > south && latitude < north).toBe(true);
      }
      const shrink = Math.max(0.05, Math.cos((((south + north) / 2) * Math.PI) / 180));
      expect(((east - west) * shrink) / (north - south)).toBeCloseTo(2, 9);
    }
  });

  it('tells verdicts by shape as by colour, and of a point its name, harmless, and its error', () => {
    const stations = [
      at('hill', 47, 8, 'level'),
      at('<b>brook', 47.1, 8.2, 'loses'),
      at('dale', 47.2, 8.1, 'failed'),
    ];
    const option = stationMap({ stations, text: TEXT }, theme);
    const series = option.series as readonly {
      id: string;
      symbol: string;
      color: string;
      itemStyle?: object;
      data: unknown[];
    }[];
    expect(series.map(({ id }) => id)).toEqual(['level', 'loses', 'failed']);
    const looks = series.map(({ symbol, color, itemStyle }) => JSON.stringify([symbol, color, itemStyle]));
    expect(new Set(looks).size).toBe(3);
    expect(series[1]!.data).toEqual([{ name: '<b>brook', value: [8.2, 47.1] }]);
    const { formatter } = option.tooltip as { formatter: (parameters: unknown) => string };
    const told = formatter({ seriesIndex: 1, dataIndex: 0 });
    for (const part of ['&lt;b&gt;brook', 'worse', '2.00 °C']) expect(told).toContain(part);
    expect(formatter({ seriesIndex: 1, dataIndex: 7 })).toBe('');
  });
});
