import { expect, it } from 'vitest';
import { reliability } from './reliability';
import { CHART_THEME as theme } from './theme.fixture';

const BINS = [
  { forecast: 0.1, frequency: 0.05, count: 100 },
  { forecast: 0.8, frequency: 0.75, count: 4 },
];
const option = reliability(
  {
    bins: BINS,
    names: { said: 'Said', happened: 'Happened', forecasts: 'Forecasts', perfect: 'Perfect' },
    formatPercent: (share) => `${share * 100} %`,
    formatCount: String,
  },
  theme,
);
const [diagonal, bars, dots] = option.series as {
  readonly data: readonly unknown[];
  readonly id: string;
}[];

it('draws a dot for each bin, in per cent, larger the more forecasts it has', () => {
  expect(diagonal!.data).toEqual([
    [0, 0],
    [100, 100],
  ]);
  const [many, few] = dots!.data as { readonly value: readonly number[]; readonly symbolSize: number }[];
  expect(many!.value).toEqual([10, 5]);
  expect(few!.value).toEqual([80, 75]);
  expect(many!.symbolSize).toBeGreaterThan(few!.symbolSize);
});

it('draws what chance leaves as bars, where it is known', () => {
  expect(bars!.data).toEqual([]);
  const names = { said: '', happened: '', forecasts: '', perfect: '' };
  const barred = [{ ...BINS[0]!, low: 0.02, high: 0.2 }];
  const { series } = reliability({ bins: barred, names, formatPercent: String, formatCount: String }, theme);
  expect((series as { readonly data: unknown }[])[1]!.data).toEqual([
    [10, 2],
    [10, 20],
    [10, '-'],
  ]);
});

it('tells what was said, what happened, and of how many forecasts', () => {
  const { formatter } = option.tooltip as { readonly formatter: (parameters: unknown) => string };
  const text = formatter({ dataIndex: 1 });
  for (const part of ['Said: 80 %', '75 %', '>4<']) expect(text).toContain(part);
  expect(formatter({ dataIndex: 9 })).toBe('');
});
