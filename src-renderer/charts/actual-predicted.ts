import type { Baseline, ForecastMethod } from '../../src-main/contract/results';
import type { LeadSeries } from './hindcast-series';
import { baseOption, quietAxis, timeAxis, zoomControls, type ChartOption, type SeriesOption } from './option';
import { toTableWithBreaks } from './points';
import { methodLine, type ChartTheme } from './theme';
import { nearestIndex, pointerValue, tooltipHtml } from './tooltip';

export interface ActualPredictedInput {
  readonly series: LeadSeries;
  readonly baselines: readonly Baseline[];
  /** Of the value axis: 'temperature (°C)'. */
  readonly axisName: string;
  readonly names: Readonly<Record<ForecastMethod | 'observed' | 'unread', string>>;
  readonly formatValue: (value: number) => string;
  readonly formatTime: (time: number) => string;
}

/** Observed and predicted over the held-back part; zoomable; the observed line breaks where there is no observation. */
export function actualPredicted(input: ActualPredictedInput, theme: ChartTheme): ChartOption {
  const { series, names } = input;
  const methods = ([...input.baselines, 'model'] as const).flatMap((method) => {
    const values = series.forecasts[method];
    return values === undefined ? [] : [{ method, values, ...methodLine(method, theme) }];
  });
  const line = (
    id: string,
    name: string,
    column: number,
    { color, type }: Pick<ReturnType<typeof methodLine>, 'color' | 'type'>,
    width: number,
  ): SeriesOption => ({
    id,
    name,
    type: 'line',
    datasetId: 'hindcast',
    encode: { x: 0, y: column },
    showSymbol: false,
    sampling: 'lttb',
    color,
    lineStyle: { width, type },
    emphasis: { disabled: true },
  });

  return {
    ...baseOption(theme),
    grid: { ...baseOption(theme).grid, bottom: 40 },
    dataset: [
      {
        id: 'hindcast',
        dimensions: ['time', 'observed', ...methods.map(({ method }) => method)],
        source: toTableWithBreaks(
          [series.time, series.observed, ...methods.map(({ values }) => values)],
          series.stepMilliseconds,
        ),
      },
    ],
    xAxis: timeAxis(theme),
    yAxis: {
      ...quietAxis(theme, input.axisName),
      type: 'value',
      scale: true,
      nameTextStyle: { color: theme.inkMuted, align: 'left' },
    },
    legend: { ...baseOption(theme).legend, left: 'right' },
    dataZoom: zoomControls(theme),
    tooltip: {
      ...baseOption(theme).tooltip,
      formatter: (parameters) => {
        const index = nearestIndex(series.time, pointerValue(parameters));
        if (index < 0) return '';
        const observed = series.observed[index] as number;
        const rows = [
          {
            name: names.observed,
            color: theme.observed,
            value: Number.isNaN(observed) ? names.unread : input.formatValue(observed),
          },
          ...[...methods].reverse().map(({ method, color, values }) => ({
            name: names[method],
            color,
            value: input.formatValue(values[index] as number),
          })),
        ];
        return tooltipHtml(input.formatTime(series.time[index] as number), rows);
      },
    },
    series: [
      line('observed', names.observed, 1, { color: theme.observed, type: 'solid' }, 1.5),
      ...methods.map(({ method, color, type }, i) =>
        line(method, names[method], i + 2, { color, type }, method === 'model' ? 2 : 1.25),
      ),
    ],
  };
}
