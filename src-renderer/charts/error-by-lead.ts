import {
  entriesOf,
  type ByMethod,
  type Estimate,
  type ForecastMethod,
  type MethodScores,
} from '../../src-main/contract/results';
import { baseOption, quietAxis, type ChartOption, type SeriesOption } from './option';
import { methodLine, type ChartTheme } from './theme';
import { pointerValue, tooltipHtml } from './tooltip';

export interface ErrorByLeadInput {
  readonly scores: ByMethod<MethodScores>;
  /** 95 % interval of the model's RMSE at each lead. */
  readonly intervals: readonly Pick<Estimate, 'low' | 'high'>[];
  readonly names: Readonly<Record<ForecastMethod | 'interval', string>>;
  readonly range: (low: string, high: string) => string;
  /** 'RMSE (°C)' and 'Lead time, steps of 1 h'. */
  readonly axisNames: { readonly error: string; readonly lead: string };
  readonly leadTitle: (lead: string) => string;
  readonly formatValue: (value: number) => string;
}

/** RMSE of the LSTM and of each baseline at each lead time. */
export function errorByLead(input: ErrorByLeadInput, theme: ChartTheme): ChartOption {
  const methods = entriesOf(input.scores).map(([method, { byLead }]) => ({
    method,
    byLead,
    ...methodLine(method, theme),
  }));
  const leads = input.scores.model.byLead.length;
  return {
    ...baseOption(theme),
    xAxis: {
      ...quietAxis(theme, input.axisNames.lead),
      type: 'value',
      min: 1,
      max: Math.max(2, leads),
      minInterval: 1,
      nameLocation: 'middle',
      nameGap: 28,
      splitLine: { show: false },
    },
    yAxis: {
      ...quietAxis(theme, input.axisNames.error),
      type: 'value',
      min: 0,
      nameTextStyle: { color: theme.inkMuted, align: 'left' },
    },
    // Six names take two lines in half a screen.
    grid: { ...baseOption(theme).grid, top: 80 },
    legend: {
      ...baseOption(theme).legend,
      left: 'right',
      data: methods.map(({ method }) => input.names[method]),
    },
    tooltip: {
      ...baseOption(theme).tooltip,
      formatter: (parameters) => {
        const lead = Math.round(pointerValue(parameters));
        const rows = methods.flatMap(({ method, color, byLead }) => {
          const score = byLead[lead - 1];
          return score === undefined
            ? []
            : [{ name: input.names[method], color, value: input.formatValue(score.rmse) }];
        });
        const interval = input.intervals[lead - 1];
        if (rows.length > 0 && interval !== undefined && Number.isFinite(interval.low)) {
          const value = input.range(input.formatValue(interval.low), input.formatValue(interval.high));
          rows.splice(1, 0, { name: input.names.interval, color: theme.predicted, value });
        }
        return rows.length === 0 ? '' : tooltipHtml(input.leadTitle(String(lead)), rows);
      },
    },
    series: [
      ...band(input, theme),
      ...[...methods].reverse().map(({ method, byLead, color, type }) => ({
        id: method,
        name: input.names[method],
        type: 'line' as const,
        data: byLead.map((score, index) => [index + 1, score.rmse]),
        showSymbol: leads <= 48,
        symbol: 'circle',
        symbolSize: 5,
        color,
        lineStyle: { width: method === 'model' ? 2.5 : 1.5, type },
        emphasis: { disabled: true },
      })),
    ],
  };
}

/** The interval as a band: an unseen line at its lower end, and its width stacked on it. */
function band({ intervals, names }: ErrorByLeadInput, theme: ChartTheme): SeriesOption[] {
  if (!intervals.some(({ low }) => Number.isFinite(low))) return [];
  const edge = (id: string, values: readonly number[]): SeriesOption => ({
    id,
    name: names.interval,
    type: 'line',
    stack: 'interval',
    data: values.map((value, index) => [index + 1, value]),
    symbol: 'none',
    silent: true,
    lineStyle: { opacity: 0 },
    color: theme.predicted,
  });
  return [
    edge(
      'interval-low',
      intervals.map(({ low }) => low),
    ),
    {
      ...edge(
        'interval-width',
        intervals.map(({ low, high }) => high - low),
      ),
      areaStyle: { opacity: 0.16 },
    },
  ];
}
