import type { ReliabilityBar } from '../../src-main/contract/event-scores';
import type { ReliabilityBin } from '../../src-main/contract/probability';
import { baseOption, quietAxis, type ChartOption } from './option';
import type { ChartTheme } from './theme';
import { tooltipHtml } from './tooltip';

export interface ReliabilityInput {
  /** With the stretch that chance leaves, where it is known. */
  readonly bins: readonly (ReliabilityBin & Partial<Pick<ReliabilityBar, 'low' | 'high'>>)[];
  readonly names: {
    readonly said: string;
    readonly happened: string;
    readonly forecasts: string;
    readonly perfect: string;
  };
  readonly formatPercent: (share: number) => string;
  readonly formatCount: (count: number) => string;
}

/** Diameter of a dot, in pixels: its area goes with the forecasts in the bin. */
function sizeOf(count: number, most: number): number {
  return 6 + 18 * Math.sqrt(count / Math.max(1, most));
}

/** The reliability diagram: how often it happened against what was said; on the diagonal a probability means what it says. */
export function reliability(input: ReliabilityInput, theme: ChartTheme): ChartOption {
  const { bins, names } = input;
  const most = Math.max(...bins.map(({ count }) => count));
  const axis = (name: string) => ({
    ...quietAxis(theme, name),
    type: 'value' as const,
    min: 0,
    max: 100,
    nameLocation: 'middle' as const,
  });
  return {
    ...baseOption(theme),
    grid: { ...baseOption(theme).grid, top: 12 },
    legend: { show: false },
    xAxis: { ...axis(names.said), nameGap: 28 },
    yAxis: { ...axis(names.happened), nameGap: 40 },
    tooltip: {
      ...baseOption(theme).tooltip,
      trigger: 'item',
      formatter: (parameters) => {
        const bin = Array.isArray(parameters) ? undefined : bins[parameters.dataIndex];
        if (bin === undefined) return '';
        return tooltipHtml(`${names.said}: ${input.formatPercent(bin.forecast)}`, [
          { name: names.happened, color: theme.predicted, value: input.formatPercent(bin.frequency) },
          { name: names.forecasts, color: theme.inkMuted, value: input.formatCount(bin.count) },
        ]);
      },
    },
    series: [
      {
        id: 'perfect',
        name: names.perfect,
        type: 'line',
        data: [
          [0, 0],
          [100, 100],
        ],
        showSymbol: false,
        silent: true,
        color: theme.inkMuted,
        lineStyle: { width: 1.25, type: 'dashed' },
        tooltip: { show: false },
      },
      {
        // One line for all bars, with a gap behind each.
        id: 'bars',
        name: names.perfect,
        type: 'line',
        data: bins.flatMap(({ forecast, low, high }) =>
          low === undefined || high === undefined
            ? []
            : [
                [100 * forecast, 100 * low],
                [100 * forecast, 100 * high],
                [100 * forecast, '-'],
              ],
        ),
        symbol: 'none',
        silent: true,
        color: theme.inkMuted,
        lineStyle: { width: 5, opacity: 0.45, cap: 'butt' },
        tooltip: { show: false },
      },
      {
        id: 'bins',
        name: names.happened,
        type: 'line',
        data: bins.map(({ forecast, frequency, count }) => ({
          value: [100 * forecast, 100 * frequency],
          symbolSize: sizeOf(count, most),
        })),
        symbol: 'circle',
        showSymbol: true,
        color: theme.predicted,
        itemStyle: { opacity: 0.7 },
        lineStyle: { width: 1.5 },
        emphasis: { disabled: true },
      },
    ],
  };
}
