import { describe, expect, it } from 'vitest';
import { heatMap, type HeatMapInput } from './heat-map';
import { CHART_THEME } from './theme.fixture';

const input: HeatMapInput = {
  values: Float64Array.of(0.1, -0.2, 0.3, 0.4, 0.5, 0.6),
  columns: 3,
  rows: 2,
  range: [-1, 1],
  chosen: { column: 1, row: 0 },
  columnName: (column) => `step ${column + 1}`,
  rowName: (row) => `unit ${row + 1}`,
  formatValue: (value) => value.toFixed(2),
};

const dataOf = (option: ReturnType<typeof heatMap>): unknown[] => {
  const [series] = option.series as { data: unknown[] }[];
  return series!.data;
};

describe('a heat map', () => {
  it('lays steps from left to right and units from top to bottom', () => {
    const option = heatMap(input, CHART_THEME);
    expect(dataOf(option).slice(0, 6)).toEqual([
      [0, 0, 0.1],
      [0, 1, -0.2],
      [1, 0, 0.3],
      [1, 1, 0.4],
      [2, 0, 0.5],
      [2, 1, 0.6],
    ]);
    expect(option.yAxis).toMatchObject({ inverse: true, data: ['unit 1', 'unit 2'] });
  });

  it('frames the chosen cell, above its neighbours', () => {
    expect(dataOf(heatMap(input, CHART_THEME)).slice(6)).toEqual([
      { value: [1, 0, 0.3], itemStyle: { borderColor: CHART_THEME.ink, borderWidth: 2 } },
    ]);
  });

  it('has one colour for what starts at nothing, and two for what lies on both sides of it', () => {
    const coloursFor = (range: HeatMapInput['range']): unknown =>
      (heatMap({ ...input, range }, CHART_THEME).visualMap as { inRange: { color: string[] } }).inRange.color
        .length;
    expect(coloursFor([0, 1])).toBe(2);
    expect(coloursFor([-1, 1])).toBe(3);
  });

  it('tells the value under the pointer', () => {
    const { formatter } = heatMap(input, CHART_THEME).tooltip as { formatter: (cell: object) => string };
    const html = formatter({ value: [1, 1, 0.4], color: '#123456' });
    expect(html).toContain('step 2');
    expect(html).toContain('unit 2');
    expect(html).toContain('0.40');
  });
});
