import { describe, expect, it } from 'vitest';
import type { Forecast } from '../../src-main/contract/results';
import { actualPredicted } from './actual-predicted';
import { errorByLead } from './error-by-lead';
import { fanOf, forecastChart } from './forecast';
import type { LeadSeries } from './hindcast-series';
import { formatLoss, lossCurves, overlaidCurves } from './loss-curves';
import { commonRange, scatter } from './scatter';
import { partsOf, type ChartOption } from './option';
import { CHART_THEME as theme } from './theme.fixture';

const DAY = 86_400_000;
const NAMES = {
  observed: 'Observed',
  filled: 'Filled',
  unread: 'not read',
  model: 'LSTM',
  persistence: 'Persistence',
  dampedPersistence: 'Damped persistence',
  climatology: 'Climatology',
  seasonalNaive: 'Seasonal naive',
  ridge: 'Ridge',
  service: 'Service',
  serviceCorrected: 'Service corrected',
};
const formatValue = (value: number): string => `${value.toFixed(1)} °C`;
const formatTime = (time: number): string => new Date(time).toISOString().slice(0, 10);

function listOf<T>(value: T | readonly T[] | undefined): readonly T[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? (value as readonly T[]) : [value as T];
}
const seriesIds = (option: ChartOption): unknown[] => listOf(option.series).map(({ id }) => id);
const tooltipAt = (option: ChartOption, parameters: unknown): string => {
  const formatter = listOf(option.tooltip)[0]?.formatter as (parameters: unknown) => string;
  return formatter(parameters);
};

describe('lossCurves', () => {
  const text = {
    training: 'Training',
    validation: 'Validation',
    epoch: 'Epoch',
    loss: 'Loss',
    epochNumber: (epoch: string) => `Epoch ${epoch}`,
    mark: (epoch: string) => `Best: ${epoch}`,
  };
  const history = [
    { epoch: 1, loss: 0.5, valLoss: 0.6 },
    { epoch: 2, loss: 0.25, valLoss: 0.3 },
    { epoch: 3, loss: 0, valLoss: 0.4 },
  ];

  it('draws both losses over all the epochs that are to come, and marks the best', () => {
    const option = lossCurves(
      { history, formatEpoch: String, epochs: 200, markedEpoch: 2, logScale: false, text },
      theme,
    );
    expect(option.xAxis).toMatchObject({ type: 'value', max: 200 });
    expect(option.yAxis).toMatchObject({ type: 'value', min: 0 });
    expect(listOf(option.dataZoom)).toMatchObject([{ type: 'inside', filterMode: 'filter' }]);
    expect(listOf(option.dataset)[0]).toMatchObject({
      source: Float64Array.of(1, 0.5, 0.6, 2, 0.25, 0.3, 3, 0, 0.4),
    });
    expect(listOf(option.series)[1]).toMatchObject({ markLine: { data: [{ xAxis: 2 }] } });
  });

  it('leaves a loss of zero out of a logarithmic scale', () => {
    const option = lossCurves(
      { history, formatEpoch: String, epochs: 3, markedEpoch: null, logScale: true, text },
      theme,
    );
    expect(option.yAxis).toMatchObject({ type: 'log' });
    expect(listOf(option.dataset)[0]).toMatchObject({
      source: Float64Array.of(1, 0.5, 0.6, 2, 0.25, 0.3, 3, NaN, 0.4),
    });
    expect(listOf(option.series)[1]).toMatchObject({ markLine: { data: [] } });
  });

  it('draws the curve of each network lightly behind their mean', () => {
    const memberHistories = [history, history.slice(0, 2)];
    const option = lossCurves(
      { history, memberHistories, formatEpoch: String, epochs: 3, markedEpoch: null, logScale: false, text },
      theme,
    );
    expect(listOf(option.dataset)[2]).toMatchObject({ source: Float64Array.of(1, 0.5, 0.6, 2, 0.25, 0.3) });
    const series = listOf(option.series);
    expect(series).toHaveLength(4);
    expect(series[0]).toMatchObject({ silent: true, lineStyle: { width: 1 } });
    expect(option.legend).toMatchObject({ data: [text.training, text.validation] });
  });

  it('tells both losses of the epoch under the pointer, sampled or not', () => {
    const option = lossCurves(
      { history, formatEpoch: String, epochs: 3, markedEpoch: 2, logScale: false, text },
      theme,
    );
    const html = tooltipAt(option, [{ axisValue: 1.9 }]);
    expect(html).toContain('Epoch 2');
    expect(html).toContain('0.250');
    expect(html).toContain('0.300');
  });

  it('lays runs over each other', () => {
    const runs = [
      { id: 'a', name: 'First', history },
      { id: 'b', name: 'Second', history: history.slice(0, 1) },
    ];
    const option = overlaidCurves({ formatEpoch: String, runs, logScale: false, text }, theme);
    expect(seriesIds(option)).toEqual(['a', 'b']);
    expect(option.xAxis).toMatchObject({ max: 3 });
    expect(partsOf(option)).not.toBe(
      partsOf(overlaidCurves({ formatEpoch: String, runs: runs.slice(1), logScale: false, text }, theme)),
    );
    expect(partsOf(option)).toBe(
      partsOf(overlaidCurves({ formatEpoch: String, runs, logScale: true, text }, theme)),
    );
    expect(tooltipAt(option, [{ axisValue: 2 }])).not.toContain('Second');
  });

  it('writes losses in three digits', () => {
    expect(formatLoss(0.05763)).toBe('0.0576');
    expect(formatLoss(0.00000123)).toBe('1.23e-6');
    expect(formatLoss(Number.NaN)).toBe('–');
  });
});

describe('actualPredicted', () => {
  const values = (base: number): Float32Array => Float32Array.of(base, base + 1, base + 2);
  const series: LeadSeries = {
    time: Float64Array.of(0, DAY, 2 * DAY),
    observed: Float32Array.of(0, NaN, 2),
    forecasts: { model: values(10), persistence: values(20), climatology: values(30), ridge: values(40) },
    stepMilliseconds: DAY,
  };
  const input = { series, axisName: 'temperature (°C)', names: NAMES, formatValue, formatTime };

  it('draws what is asked for, the LSTM on top', () => {
    const option = actualPredicted({ ...input, baselines: ['persistence', 'ridge'] }, theme);
    expect(seriesIds(option)).toEqual(['observed', 'persistence', 'ridge', 'model']);
    expect(option.useUTC).toBe(true);
    expect(option.yAxis).toMatchObject({ name: 'temperature (°C)' });
  });

  it('tells date, values and units under the pointer', () => {
    const option = actualPredicted({ ...input, baselines: ['persistence'] }, theme);
    const html = tooltipAt(option, [{ axisValue: DAY * 1.1 }]);
    for (const part of ['1970-01-02', 'not read', '11.0 °C', '21.0 °C']) expect(html).toContain(part);
    expect(html).not.toContain('Ridge');
    expect(tooltipAt(option, [{ axisValue: 2 * DAY }])).toContain('2.0 °C');
  });
});

describe('scatter', () => {
  it('gives both axes one range around all values', () => {
    const [low, high] = commonRange([
      [1, NaN, 9],
      [3, 10.2, 4],
    ]);
    expect(low).toBeLessThanOrEqual(1);
    expect(high).toBeGreaterThanOrEqual(10.2);
    expect(commonRange([[]])).toEqual([0, 1]);
    expect(commonRange([[5, 5]])).toEqual([4, 6]);
  });

  it('draws the diagonal and the pairs', () => {
    const option = scatter(
      {
        observed: Float32Array.of(1, 2),
        predicted: Float32Array.of(1.5, 2.5),
        time: Float64Array.of(0, DAY),
        names: { observed: 'Observed', predicted: 'LSTM', perfect: 'Perfect' },
        axisNames: { observed: 'Observed (°C)', predicted: 'Predicted (°C)' },
        formatValue,
        formatTime,
      },
      theme,
    );
    expect(seriesIds(option)).toEqual(['perfect', 'pairs']);
    expect(listOf(option.dataset)[0]).toMatchObject({ source: Float64Array.of(1, 1.5, 2, 2.5) });
    expect(tooltipAt(option, { dataIndex: 1 })).toContain('1970-01-02');
  });
});

describe('errorByLead', () => {
  it('draws an RMSE at each lead for each method', () => {
    const byLead = [1, 2, 3].map((rmse) => ({ rmse, mae: 1, bias: 0, correlation: 1, mase: 1 }));
    const scores = { rmse: 2, mae: 1, bias: 0, correlation: 1, mase: 1, skill: 0, byLead };
    const option = errorByLead(
      {
        scores: { model: scores, persistence: scores, climatology: scores, ridge: scores },
        intervals: [1, 2, 3].map((rmse) => ({ low: rmse - 0.5, high: rmse + 0.25 })),
        range: (low, high) => `${low} to ${high}`,
        names: { ...NAMES, interval: '95 % interval' },
        axisNames: { error: 'RMSE (°C)', lead: 'Lead' },
        leadTitle: (lead) => `Lead ${lead}`,
        formatValue,
      },
      theme,
    );
    expect(listOf(option.series).at(-1)).toMatchObject({
      id: 'model',
      data: [
        [1, 1],
        [2, 2],
        [3, 3],
      ],
    });
    expect(tooltipAt(option, [{ axisValue: 2 }])).toContain('2.0 °C');
    expect(tooltipAt(option, [{ axisValue: 2 }])).toContain('1.5 °C to 2.3 °C');
    expect(seriesIds(option).slice(0, 2)).toEqual(['interval-low', 'interval-width']);
    expect(tooltipAt(option, [{ axisValue: 9 }])).toBe('');
  });
});

describe('forecastChart', () => {
  const forecast: Forecast = {
    targetName: 'temperature',
    quantity: 'temperature',
    unit: '°C',
    issuedAt: DAY,
    stepLabel: 'daily',
    points: [
      { time: 2 * DAY, lead: 1, value: -1 },
      { time: 3 * DAY, lead: 2, value: 1 },
    ],
    history: {
      time: Float64Array.of(0, DAY),
      observed: Float32Array.of(3, 0),
      filled: Uint8Array.of(0, 0),
    },
    expectedError: [2, 2.5],
    intervals: null,
    event: null,
    warnings: [],
  };
  const input = {
    forecast,
    axisName: 'temperature (°C)',
    names: {
      observed: 'Observed',
      filled: 'Filled',
      forecast: 'Forecast',
      expectedError: '± expected error',
      lastReading: 'Last reading',
      service: 'weather service',
      level: (level: number) => `${level} %`,
    },
    range: (low: string, high: string) => `${low} to ${high}`,
    formatValue,
    formatTime,
  };

  it('opens the fan at the last reading', () => {
    expect(fanOf(forecast)).toEqual({
      time: [DAY, 2 * DAY, 3 * DAY],
      value: [0, -1, 1],
      bands: [{ level: null, low: [0, -3, -1.5], high: [0, 1, 3.5] }],
    });
    const unread = { ...forecast, history: { ...forecast.history, observed: Float32Array.of(3, NaN) } };
    expect(fanOf(unread).time).toEqual([2 * DAY, 3 * DAY]);
  });

  it('draws the three intervals where there are any, the widest first, and tells them', () => {
    const ends = (half: number) => ({ low: -1 - half, high: -1 + half });
    const byLead = [1, 2].map((lead) => ({ 50: ends(lead), 80: ends(2 * lead), 95: ends(4 * lead) }));
    const intervals = { byLead, coverage: { 50: 0.5, 80: 0.8, 95: 0.95 }, part: 'validation' as const };
    const fan = fanOf({ ...forecast, intervals });
    expect(fan.bands.map(({ level }) => level)).toEqual([95, 80, 50]);
    expect(fan.bands[1]).toEqual({ level: 80, low: [0, -3, -5], high: [0, 1, 3] });
    const option = forecastChart({ ...input, forecast: { ...forecast, intervals }, title: null }, theme);
    expect(tooltipAt(option, [{ axisValue: 3 * DAY }])).toContain('-5.0 °C to 3.0 °C');
    expect(tooltipAt(option, [{ axisValue: 3 * DAY }])).not.toContain('±');
    const names = listOf(option.legend)[0]?.data?.map((entry) =>
      typeof entry === 'string' ? entry : entry.name,
    );
    expect(names).toEqual(['Observed', 'Forecast', '50 %', '80 %', '95 %']);
  });

  it('tells a forecast with its expected error, and a reading without', () => {
    const option = forecastChart({ ...input, title: null }, theme);
    expect(tooltipAt(option, [{ axisValue: 2 * DAY }])).toContain('± 2.0 °C');
    expect(tooltipAt(option, [{ axisValue: 0 }])).toContain('3.0 °C');
    expect(tooltipAt(option, [{ axisValue: 0 }])).not.toContain('±');
  });

  it('leaves the zoom out of a saved picture and writes its title', () => {
    const option = forecastChart({ ...input, title: 'Forecast of temperature' }, theme);
    expect(option.dataZoom).toBeUndefined();
    expect(option.title).toMatchObject({ text: 'Forecast of temperature' });
    expect(listOf(forecastChart({ ...input, title: null }, theme).dataZoom)).toHaveLength(2);
  });
});
