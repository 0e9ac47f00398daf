import { baseOption, INSIDE_ZOOM, quietAxis, upperNamedAxis, type ChartOption } from './option';
import type { ChartTheme } from './theme';
import { pointerValue, tooltipHtml } from './tooltip';

export interface StateLinesInput {
  /** A state after each window, read with what was carried on from the one before, and from zero. [windows] each */
  readonly carried: Float64Array;
  readonly fromZero: Float64Array;
  readonly names: { readonly carried: string; readonly fromZero: string };
  readonly axisNames: { readonly window: string; readonly state: string };
  readonly windowName: (window: number) => string;
  readonly formatValue: (value: number) => string;
}

/** How a state goes from window to window, counted from 1. */
export function stateLines(input: StateLinesInput, theme: ChartTheme): ChartOption {
  const { carried, fromZero, names } = input;
  const lines = [
    { id: 'carried', name: names.carried, values: carried, color: theme.predicted, dash: 'solid' as const },
    { id: 'fromZero', name: names.fromZero, values: fromZero, color: theme.validation, dash: [4, 3] },
  ];
  return {
    ...baseOption(theme),
    xAxis: {
      ...quietAxis(theme, input.axisNames.window),
      type: 'value',
      min: 1,
      max: Math.max(2, carried.length),
      minInterval: 1,
      nameLocation: 'middle',
      nameGap: 28,
      splitLine: { show: false },
    },
    yAxis: { ...upperNamedAxis(theme, input.axisNames.state), scale: true },
    legend: { ...baseOption(theme).legend, left: 'right' },
    dataZoom: [INSIDE_ZOOM],
    tooltip: {
      ...baseOption(theme).tooltip,
      formatter: (parameters) => {
        const window = Math.round(pointerValue(parameters));
        const rows = lines.flatMap(({ name, color, values }) => {
          const value = values[window - 1];
          return value === undefined ? [] : [{ name, color, value: input.formatValue(value) }];
        });
        return rows.length === 0 ? '' : tooltipHtml(input.windowName(window), rows);
      },
    },
    series: lines.map(({ id, name, values, color, dash }) => ({
      id,
      name,
      type: 'line' as const,
      data: Array.from(values, (value, index) => [index + 1, value]),
      showSymbol: false,
      sampling: 'lttb' as const,
      color,
      lineStyle: { width: 1.5, type: dash },
      emphasis: { disabled: true },
    })),
  };
}
