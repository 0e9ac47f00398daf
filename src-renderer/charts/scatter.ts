import { baseOption, quietAxis, type ChartOption } from './option';
import { toTable } from './points';
import type { ChartTheme } from './theme';
import { tooltipHtml } from './tooltip';

export interface ScatterInput {
  /** [n] each, in the target's unit. */
  readonly observed: Float32Array;
  readonly predicted: Float32Array;
  readonly time: Float64Array;
  readonly names: { readonly observed: string; readonly predicted: string; readonly perfect: string };
  /** 'Observed temperature (°C)' and 'Predicted temperature (°C)'. */
  readonly axisNames: { readonly observed: string; readonly predicted: string };
  readonly formatValue: (value: number) => string;
  readonly formatTime: (time: number) => string;
}

/** From here on ECharts draws plain dots in one go and finds none of them under the pointer. */
const MANY_POINTS = 3000;

/** Both axes share one range, so that the diagonal is the perfect forecast. NaN is passed over. */
export function commonRange(lists: readonly ArrayLike<number>[]): [number, number] {
  let low = Infinity;
  let high = -Infinity;
  for (const list of lists) {
    for (let i = 0; i < list.length; i++) {
      const value = list[i] as number;
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  if (low > high) return [0, 1];
  if (low === high) return [low - 1, high + 1];
  const margin = (high - low) * 0.04;
  const digits = 10 ** Math.floor(Math.log10(high - low) - 1);
  return [Math.floor((low - margin) / digits) * digits, Math.ceil((high + margin) / digits) * digits];
}

/** Predicted against observed, with the diagonal of the perfect forecast. */
export function scatter(input: ScatterInput, theme: ChartTheme): ChartOption {
  const [low, high] = commonRange([input.observed, input.predicted]);
  const axis = (name: string) => ({
    ...quietAxis(theme, name),
    type: 'value' as const,
    min: low,
    max: high,
    nameLocation: 'middle' as const,
    axisLabel: { color: theme.inkMuted, hideOverlap: true, showMinLabel: false, showMaxLabel: false },
  });
  return {
    ...baseOption(theme),
    grid: { ...baseOption(theme).grid, top: 12 },
    legend: { show: false },
    dataset: {
      id: 'pairs',
      dimensions: ['observed', 'predicted'],
      source: toTable([input.observed, input.predicted]),
    },
    xAxis: { ...axis(input.axisNames.observed), nameGap: 28 },
    yAxis: { ...axis(input.axisNames.predicted), nameGap: 40 },
    tooltip: {
      ...baseOption(theme).tooltip,
      trigger: 'item',
      formatter: (parameters) => {
        const index = Array.isArray(parameters) ? undefined : parameters.dataIndex;
        const time = index === undefined ? undefined : input.time[index];
        if (index === undefined || time === undefined) return '';
        return tooltipHtml(input.formatTime(time), [
          {
            name: input.names.observed,
            color: theme.observed,
            value: input.formatValue(input.observed[index] as number),
          },
          {
            name: input.names.predicted,
            color: theme.predicted,
            value: input.formatValue(input.predicted[index] as number),
          },
        ]);
      },
    },
    series: [
      {
        id: 'perfect',
        name: input.names.perfect,
        type: 'line',
        data: [
          [low, low],
          [high, high],
        ],
        showSymbol: false,
        silent: true,
        color: theme.inkMuted,
        lineStyle: { width: 1.25, type: 'dashed' },
        tooltip: { show: false },
      },
      {
        id: 'pairs',
        name: input.names.predicted,
        type: 'scatter',
        datasetId: 'pairs',
        encode: { x: 0, y: 1 },
        symbolSize: input.observed.length > MANY_POINTS ? 3 : 6,
        large: true,
        largeThreshold: MANY_POINTS,
        itemStyle: { color: theme.predicted, opacity: input.observed.length > MANY_POINTS ? 0.35 : 0.55 },
      },
    ],
  };
}
