import { INTERVAL_LEVELS } from '../../src-main/contract/intervals';
import type { Forecast } from '../../src-main/contract/results';
import { baseOption, quietAxis, timeAxis, zoomControls, type ChartOption, type SeriesOption } from './option';
import { flaggedPoints, toTableWithBreaks } from './points';
import type { ChartTheme } from './theme';
import { nearestIndex, pointerValue, tooltipHtml } from './tooltip';

export interface ForecastChartInput {
  readonly forecast: Forecast;
  /** Written above the plot of a saved picture; null on the screen, where the heading says it. */
  readonly title: string | null;
  readonly axisName: string;
  readonly names: {
    readonly observed: string;
    readonly filled: string;
    readonly forecast: string;
    readonly expectedError: string;
    readonly lastReading: string;
    /** The weather service's forecast. */
    readonly service: string;
    /** '80 %' */
    readonly level: (level: number) => string;
  };
  readonly range: (low: string, high: string) => string;
  readonly formatValue: (value: number) => string;
  readonly formatTime: (time: number) => string;
}

/** A stretch around the forecast; of the times of its fan. */
interface FanBand {
  /** In per cent; null: the expected error. */
  readonly level: number | null;
  readonly low: readonly number[];
  readonly high: readonly number[];
}

export interface Fan {
  /** The last reading (where it is known), then the lead times. */
  readonly time: readonly number[];
  readonly value: readonly number[];
  /** The widest first: the narrower are drawn over it. */
  readonly bands: readonly FanBand[];
}

/**
 * The forecast with its intervals, or its ± expected error where it has none; they start without width at the last
 * reading, which is certain.
 */
export function fanOf(forecast: Forecast): Fan {
  const last = forecast.history.observed.at(-1);
  const lastTime = forecast.history.time.at(-1);
  const isKnown = last !== undefined && lastTime !== undefined && Number.isFinite(last);
  const points = [...(isKnown ? [{ time: lastTime, value: last }] : []), ...forecast.points];
  const bandOf = (level: number | null, ends: readonly { low: number; high: number }[]): FanBand => ({
    level,
    low: [...(isKnown ? [last] : []), ...ends.map(({ low }) => low)],
    high: [...(isKnown ? [last] : []), ...ends.map(({ high }) => high)],
  });
  const { intervals } = forecast;
  const bands =
    intervals === null
      ? [
          bandOf(
            null,
            forecast.points.map(({ lead, value }) => {
              const error = forecast.expectedError[lead - 1] ?? 0;
              return { low: value - error, high: value + error };
            }),
          ),
        ]
      : [...INTERVAL_LEVELS].reverse().map((level) =>
          bandOf(
            level,
            intervals.byLead.map((ends) => ends[level]),
          ),
        );
  return { time: points.map(({ time }) => time), value: points.map(({ value }) => value), bands };
}

/** The opacity of one band; where three lie on one another they add up. */
const BAND_OPACITY = 0.16;

/** A band as two lines: an unseen one at its low end, and its width stacked on it. */
function bandSeries(
  { level, low, high }: FanBand,
  name: string,
  time: readonly number[],
  theme: ChartTheme,
): SeriesOption[] {
  const edge = (id: string, values: readonly number[]): SeriesOption => ({
    id: `${id}-${level ?? 'error'}`,
    type: 'line',
    stack: `band-${level ?? 'error'}`,
    stackStrategy: 'all',
    silent: true,
    showSymbol: false,
    data: values.map((value, index) => [time[index] as number, value]),
    lineStyle: { opacity: 0 },
    color: theme.predicted,
  });
  return [
    { ...edge('band-low', low), name: '' },
    {
      ...edge(
        'band',
        high.map((end, index) => end - (low[index] as number)),
      ),
      name,
      areaStyle: { color: theme.predicted, opacity: BAND_OPACITY },
    },
  ];
}

/** Readings before a forecast that are shown at first: enough to see where it comes from. */
const readingsShownAtFirst = (leads: number): number => Math.max(30, 3 * leads);

/** The last readings, the forecast, and its intervals (or the error to expect) as a fan. */
export function forecastChart(input: ForecastChartInput, theme: ChartTheme): ChartOption {
  const { forecast, names } = input;
  const { history, points } = forecast;
  const fan = fanOf(forecast);
  const step = usualStep(history.time, points[0]?.time);
  const filledPoints = flaggedPoints(history.time, history.observed, history.filled);
  const leads = points.length;
  const service = servicePoints(forecast);
  const start = history.time[Math.max(0, history.time.length - readingsShownAtFirst(leads))];
  const pair = (values: readonly number[]) => values.map((value, i) => [fan.time[i] as number, value]);
  const zoom = zoomControls(theme).map((control) => ({
    ...control,
    startValue: start,
    endValue: points.at(-1)?.time,
  }));
  const isPicture = input.title !== null;
  const nameOf = ({ level }: FanBand): string => (level === null ? names.expectedError : names.level(level));

  return {
    ...baseOption(theme),
    ...(isPicture
      ? {
          title: {
            text: input.title ?? '',
            left: 12,
            top: 10,
            textStyle: { color: theme.ink, fontSize: 16 },
          },
        }
      : { dataZoom: zoom }),
    grid: isPicture
      ? { ...baseOption(theme).grid, left: 16, right: 28, top: 72, bottom: 16 }
      : { ...baseOption(theme).grid, bottom: 40 },
    dataset: [
      {
        id: 'history',
        dimensions: ['time', 'observed'],
        source: toTableWithBreaks([history.time, history.observed], step),
      },
      { id: 'filled', dimensions: ['time', 'observed'], source: filledPoints },
    ],
    xAxis: { ...timeAxis(theme), ...(isPicture ? { min: start } : {}) },
    yAxis: {
      ...quietAxis(theme, input.axisName),
      type: 'value',
      scale: true,
      nameTextStyle: { color: theme.inkMuted, align: 'left' },
    },
    legend: {
      ...baseOption(theme).legend,
      top: isPicture ? 40 : 4,
      left: 'auto',
      right: isPicture ? 24 : 4,
      data: [
        names.observed,
        ...(filledPoints.length > 0 ? [names.filled] : []),
        names.forecast,
        ...(service.length > 0 ? [names.service] : []),
        // The narrowest first, each as dark as the bands that lie on one another there.
        ...fan.bands
          .map((band, below) => ({
            name: nameOf(band),
            itemStyle: { color: theme.predicted, opacity: 1 - (1 - BAND_OPACITY) ** (below + 1) },
          }))
          .reverse(),
      ],
    },
    tooltip: {
      ...baseOption(theme).tooltip,
      formatter: (parameters) => {
        const time = pointerValue(parameters);
        if (time > forecast.issuedAt + step / 2) {
          const point =
            points[
              nearestIndex(
                points.map((candidate) => candidate.time),
                time,
              )
            ];
          if (point === undefined) return '';
          return tooltipHtml(input.formatTime(point.time), [
            { name: names.forecast, color: theme.predicted, value: input.formatValue(point.value) },
            ...aroundPoint(input, point.lead).map((row) => ({ ...row, color: theme.predicted })),
            ...service
              .filter(({ lead }) => lead === point.lead)
              .map(({ value }) => ({
                name: names.service,
                color: theme.service,
                value: input.formatValue(value),
              })),
          ]);
        }
        const index = nearestIndex(history.time, time);
        if (index < 0) return '';
        const name = history.filled[index] !== 0 ? `${names.observed} (${names.filled})` : names.observed;
        return tooltipHtml(input.formatTime(history.time[index] as number), [
          { name, color: theme.observed, value: input.formatValue(history.observed[index] as number) },
        ]);
      },
    },
    series: [
      {
        id: 'observed',
        name: names.observed,
        type: 'line',
        datasetId: 'history',
        encode: { x: 0, y: 1 },
        showSymbol: false,
        sampling: 'lttb',
        color: theme.observed,
        lineStyle: { width: 1.5 },
        emphasis: { disabled: true },
        markLine: {
          silent: true,
          symbol: 'none',
          lineStyle: { color: theme.inkMuted, type: 'dashed', width: 1 },
          label: {
            formatter: names.lastReading,
            color: theme.inkMuted,
            position: 'insideEndTop',
            rotate: 0,
            align: 'right',
            distance: [6, -16],
          },
          data: [{ xAxis: forecast.issuedAt }],
        },
      },
      ...fan.bands.flatMap((band) => bandSeries(band, nameOf(band), fan.time, theme)),
      {
        id: 'forecast',
        name: names.forecast,
        type: 'line',
        data: pair(fan.value),
        // The first point is the last reading, not a forecast.
        symbol: (_value: unknown, parameters: { dataIndex: number }) =>
          parameters.dataIndex < fan.time.length - leads ? 'none' : 'circle',
        showSymbol: leads <= 60,
        symbolSize: 7,
        color: theme.predicted,
        lineStyle: { width: 2 },
        emphasis: { disabled: true },
      },
      ...(service.length === 0
        ? []
        : [
            {
              id: 'service',
              name: names.service,
              type: 'line' as const,
              data: service.map(({ time, value }) => [time, value]),
              symbol: 'diamond',
              showSymbol: leads <= 60,
              symbolSize: 7,
              color: theme.service,
              lineStyle: { width: 1.5, type: [5, 3] },
              emphasis: { disabled: true },
            },
          ]),
      ...(filledPoints.length === 0
        ? []
        : [
            {
              id: 'filled',
              name: names.filled,
              type: 'scatter' as const,
              datasetId: 'filled',
              encode: { x: 0, y: 1 },
              symbolSize: 7,
              silent: true,
              itemStyle: { color: 'transparent', borderColor: theme.observed, borderWidth: 1.25 },
            },
          ]),
    ],
  };
}

/** What the weather service says of the lead times, where it says something. */
function servicePoints({
  points,
  service = [],
}: Forecast): readonly { readonly lead: number; readonly time: number; readonly value: number }[] {
  return points.flatMap(({ lead, time }) => {
    const value = service[lead - 1] ?? null;
    return value === null ? [] : [{ lead, time, value }];
  });
}

/** What stands around a lead time, in words: its intervals, the narrowest first, or the error to expect. */
function aroundPoint(
  { forecast, names, range, formatValue }: ForecastChartInput,
  lead: number,
): { readonly name: string; readonly value: string }[] {
  const ends = forecast.intervals?.byLead[lead - 1];
  if (ends === undefined) {
    const error = forecast.expectedError[lead - 1] ?? 0;
    return [{ name: names.expectedError, value: `± ${formatValue(error)}` }];
  }
  return INTERVAL_LEVELS.map((level) => ({
    name: names.level(level),
    value: range(formatValue(ends[level].low), formatValue(ends[level].high)),
  }));
}

/** ms between readings: the shortest distance near the end, since a hole is never shorter than a step. */
function usualStep(time: Float64Array, firstValid: number | undefined): number {
  const recent = [...time.slice(-20), ...(firstValid === undefined ? [] : [firstValid])];
  const distances = recent.slice(1).map((value, i) => value - (recent[i] as number));
  const positive = distances.filter((distance) => distance > 0);
  // February is three days shorter than March: half a step of slack in the break rule covers it.
  return positive.length === 0 ? 1 : Math.max(1, Math.min(...positive));
}
