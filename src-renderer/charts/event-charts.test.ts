import { describe, expect, it } from 'vitest';
import { rankChart, rocChart, spreadChart, valueChart } from './event-charts';
import { CHART_THEME as theme } from './theme.fixture';

interface Drawn {
  readonly id: string;
  readonly data: readonly unknown[];
  readonly markLine?: { readonly data: readonly unknown[] };
}
const formatPercent = (share: number): string => `${Math.round(100 * share)} %`;
const seriesOf = (option: { readonly series?: unknown }, id: string): Drawn =>
  (option.series as readonly Drawn[]).find((each) => each.id === id)!;
const tip = (option: { readonly tooltip?: unknown }, dataIndex: number): string =>
  (option.tooltip as { readonly formatter: (parameters: unknown) => string }).formatter({ dataIndex });

describe('pictures of warnings', () => {
  it('the ROC curve goes in per cent, with the own warnings on it', () => {
    const names = {
      hitRate: 'Hits',
      falseAlarmRate: 'False',
      threshold: 'Above',
      chance: 'Chance',
      own: 'Own',
    };
    const points = [
      { threshold: 1, falseAlarmRate: 0, hitRate: 0 },
      { threshold: 0.4, falseAlarmRate: 0.1, hitRate: 0.7 },
    ];
    const option = rocChart(
      { points, own: { falseAlarmRate: 0.1, hitRate: 0.7 }, names, formatPercent },
      theme,
    );
    expect(seriesOf(option, 'roc').data).toEqual([
      [0, 0],
      [10, 70],
    ]);
    expect(seriesOf(option, 'own').data).toEqual([[10, 70]]);
    for (const part of ['Above: 40 %', '70 %', '10 %']) expect(tip(option, 1)).toContain(part);
    expect(tip(option, 7)).toBe('');
  });

  it('the value curve ends above what says nothing, and marks the own ratio', () => {
    const points = [
      { ratio: 0.05, value: -7 },
      { ratio: 0.5, value: 0.6 },
      { ratio: 0.95, value: NaN },
    ];
    const names = { ratio: 'Ratio', value: 'Value' };
    const option = valueChart({ points, ratio: 0.2, names, formatPercent }, theme);
    expect(option.yAxis).toMatchObject({ min: -50, max: 100 });
    expect(seriesOf(option, 'value').data).toEqual([
      [5, -700],
      [50, 60],
      [95, '-'],
    ]);
    expect(seriesOf(option, 'value').markLine!.data).toEqual([{ yAxis: 0 }, { xAxis: 20 }]);
    expect(tip(option, 1)).toContain('60 %');
    expect(tip(option, 2)).toBe('');
  });

  it('ranks stand between the lines of chance', () => {
    const names = { rank: 'Rank', share: 'Share' };
    const option = rankChart(
      { shares: [0.2, 0.8], range: { low: 0.4, high: 0.6 }, names, formatPercent },
      theme,
    );
    expect(seriesOf(option, 'ranks').data).toEqual([20, 80]);
    expect(seriesOf(option, 'ranks').markLine!.data).toEqual([{ yAxis: 40 }, { yAxis: 60 }]);
    expect(tip(option, 1)).toContain('Rank: 50–100');
  });

  it('spread and error share one range', () => {
    const option = spreadChart(
      {
        bins: [
          { spread: 1, error: 1.5, count: 10 },
          { spread: 2, error: 3.3, count: 11 },
        ],
        names: { spread: 'Spread', error: 'Error', forecasts: 'Forecasts', perfect: 'Even' },
        axisNames: { spread: 'Spread (°C)', error: 'Error (°C)' },
        formatValue: String,
        formatCount: String,
      },
      theme,
    );
    expect(option.xAxis).toMatchObject({ min: 0, max: 4 });
    expect(option.yAxis).toMatchObject({ min: 0, max: 4 });
    expect(seriesOf(option, 'diagonal').data).toEqual([
      [0, 0],
      [4, 4],
    ]);
    expect(tip(option, 1)).toContain('3.3');
  });
});
