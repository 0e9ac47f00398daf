import { describe, expect, it } from 'vitest';
import type { ChartOption } from './option';
import {
  errorByGroupChart,
  residualAutocorrelation,
  residualHistogram,
  residualsOverTime,
} from './residual-charts';
import { CHART_THEME as theme } from './theme.fixture';

const DAY = 86_400_000;
const formatValue = (value: number): string => `${value.toFixed(1)} °C`;
const tooltipAt = (option: ChartOption, parameters: unknown): string => {
  const { formatter } = option.tooltip as { formatter: (parameters: unknown) => string };
  return formatter(parameters);
};

describe('residuals over time', () => {
  it('break where readings lack, and tell the date under the pointer', () => {
    const option = residualsOverTime(
      {
        time: Float64Array.of(0, DAY, 9 * DAY),
        residuals: Float32Array.of(1, -2, 3),
        stepMilliseconds: DAY,
        axisName: 'Predicted minus observed (°C)',
        name: 'Predicted minus observed',
        formatValue,
        formatTime: (time) => new Date(time).toISOString().slice(0, 10),
      },
      theme,
    );
    expect(option.dataset).toMatchObject({
      source: Float64Array.of(0, 1, DAY, -2, 5 * DAY, NaN, 9 * DAY, 3),
    });
    const html = tooltipAt(option, [{ axisValue: 1.2 * DAY }]);
    expect(html).toContain('1970-01-02');
    expect(html).toContain('-2.0 °C');
  });
});

describe('the histogram of residuals', () => {
  it('names the edges of a bar', () => {
    const option = residualHistogram(
      {
        histogram: { width: 0.5, centres: [-0.5, -0, 0.5], counts: [2, 5, 1] },
        axisNames: { residual: 'Residual (°C)', count: 'Forecasts' },
        name: 'Forecasts',
        formatValue,
        formatCount: String,
        range: (low, high) => `${low} to ${high}`,
      },
      theme,
    );
    expect(option.xAxis).toMatchObject({ data: ['-0.5', '0.0', '0.5'] });
    const html = tooltipAt(option, [{ dataIndex: 2 }]);
    expect(html).toContain('0.3 °C to 0.8 °C');
    expect(html).toContain('>1<');
    expect(tooltipAt(option, [])).toBe('');
  });
});

describe('the autocorrelation of residuals', () => {
  it('leaves lag 0 out and draws the bounds of chance', () => {
    const option = residualAutocorrelation(
      {
        correlations: [1, 0.4, -0.6],
        bound: 0.2,
        axisNames: { lag: 'Lag', correlation: 'Autocorrelation' },
        name: 'Autocorrelation',
        lagTitle: (lag) => `Lag ${lag}`,
        formatValue: (value) => value.toFixed(2),
      },
      theme,
    );
    expect(option.xAxis).toMatchObject({ data: ['1', '2'] });
    expect(option.yAxis).toMatchObject({ min: -0.75, max: 1 });
    expect(option.series).toMatchObject([
      { data: [0.4, -0.6], markLine: { data: [{ yAxis: 0.2 }, { yAxis: -0.2 }] } },
    ]);
    expect(tooltipAt(option, [{ dataIndex: 1 }])).toContain('Lag 2');
  });
});

describe('error by month', () => {
  it('draws the LSTM on top of the baselines asked for that there are, and no group without forecasts', () => {
    const errors = {
      model: [1, NaN],
      persistence: [2, NaN],
      climatology: [3, NaN],
      ridge: [1.5, NaN],
    };
    const names = {
      model: 'LSTM',
      persistence: 'Persistence',
      dampedPersistence: 'Damped persistence',
      climatology: 'Climatology',
      seasonalNaive: 'Seasonal naive',
      ridge: 'Ridge',
      service: 'Service',
      serviceCorrected: 'Service corrected',
    };
    const option = errorByGroupChart(
      {
        errors,
        baselines: ['persistence', 'seasonalNaive'],
        places: ['Jan', 'Feb'],
        names,
        axisNames: { error: 'RMSE (°C)', group: 'Month' },
        formatValue,
      },
      theme,
    );
    expect((option.series as { id: string }[]).map(({ id }) => id)).toEqual(['persistence', 'model']);
    expect(tooltipAt(option, [{ dataIndex: 0 }])).toContain('2.0 °C');
    expect(tooltipAt(option, [{ dataIndex: 1 }])).toBe('');
  });
});
