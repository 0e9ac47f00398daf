import type { ExportFormat, ExportReport } from '../contract/export-formats';
import type { EventModel } from '../contract/probability';
import type { Series } from '../contract/series';
import type { TrainingSettings } from '../contract/settings';
import type { Forecaster } from '../forecaster';
import { fixtureForecaster } from '../forecaster/forecaster.fixture';
import { forwardComposite, initialiseParameters } from '../network';
import { prepare, withServiceErrors } from '../series';
import { fixtureSeries, noise, type FixtureVariable } from '../series/series.fixture';
import { exportRun } from './export-run';
import { windowsAt, type Windows } from './windows';

/** How a forecaster for tests is put together. */
export interface FixtureModel {
  readonly settings?: Partial<TrainingSettings>;
  readonly series?: Series;
  readonly members?: number;
  readonly lstmShare?: number;
  readonly linear?: boolean;
  readonly season?: readonly [sine: number, cosine: number];
  readonly intervals?: 'none';
  readonly event?: boolean;
}

/** A year of days with a pressure, whose numbers are far from zero. */
export function stationSeries(rows = 400): Series {
  const day = (row: number): number => Math.cos((2 * Math.PI * row) / 365);
  return fixtureSeries([
    {
      name: 'pressure */ "sea level"',
      quantity: 'pressure',
      unit: 'hPa',
      values: noise(rows, 3).map((v, row) => 1013 + 7 * v + 3 * day(row)),
    },
    { name: '기온', values: noise(rows, 7).map((v, row) => 12 - 9 * day(row) + 3 * v) },
  ]);
}

const rainSeries = (): Series =>
  fixtureSeries([
    { quantity: 'rain', unit: 'mm', values: noise(120, 4).map((value) => Math.max(0, 8 * value)) },
  ]);
/** Readings, a service whose errors are learned, and clouds that are known for two steps alone; the newest forecasts are said. */
const serviceSeries = (rows = 130): Series => {
  const told = (name: string, seed: number, leads: number): FixtureVariable[] =>
    Array.from({ length: leads }, (_, index) => ({
      name: `${name} +${index + 1}`,
      lead: index + 1,
      values: noise(rows + leads, seed)
        .subarray(index + 1, rows + index + 1)
        .map((value) => 12 + 5 * value),
    }));
  const told3 = told('service', 5, 3);
  const variables = [...told3, ...told('cloud', 6, 2), { values: noise(rows, 7).map((v) => 12 + 4 * v) }];
  return withServiceErrors({ ...fixtureSeries(variables), service: told3.map((_, index) => index) });
};
const MONTHS = { seconds: 30.4 * 86_400, label: 'monthly' };
const HOURS = { seconds: 3600, label: 'hourly' };

/** One for each thing that a model may be made of. */
export const FIXTURE_MODELS: Readonly<Record<string, FixtureModel>> = {
  'one network': {},
  'several layers': { settings: { layers: 3 } },
  'an ensemble': { members: 3 },
  'a blend': { lstmShare: 0.4, linear: true, season: [0.3, -0.2] },
  'an ensemble in a blend': { members: 2, lstmShare: 0.3, linear: true, settings: { layers: 2 } },
  'the linear part alone': { lstmShare: 0, linear: true },
  quantiles: { settings: { loss: 'pinball' }, season: [0.1, 0.2] },
  'quantiles without intervals': { settings: { loss: 'pinball' }, intervals: 'none', linear: true },
  'several waves of the year': { settings: { yearHarmonics: 3 }, season: [0.1, 0.2] },
  'no calendar, one step': { settings: { calendarYear: false, horizon: 1 } },
  'hours of the day': {
    settings: { calendarDay: true },
    series: fixtureSeries([{ values: noise(300, 5) }], { step: HOURS }),
    season: [0.5, 0.5],
  },
  months: {
    settings: { horizon: 14 },
    series: fixtureSeries([{ values: noise(200, 8) }], { step: MONTHS, from: Date.UTC(2001, 0, 31) }),
    season: [0.4, -0.6],
  },
  'rain, which is never below zero, and its chance': { series: rainSeries(), event: true },
  'a chance of what is no amount': { event: true },
  'the lead times one by one': {
    series: serviceSeries(),
    settings: { leadSteps: 'stepped', calendarYear: true },
  },
  'the lead times one by one, in a blend': {
    ...{ series: serviceSeries(), members: 2, lstmShare: 0.6, linear: true, season: [0.2, 0.1] },
    settings: { leadSteps: 'stepped', calendarYear: true, layers: 2, loss: 'pinball' },
  },
  'a quantity of which nothing is known': {
    series: fixtureSeries([{ quantity: 'other', unit: '"; drop', values: noise(120, 9) }]),
  },
};

/** With fresh weights: what is in the files is to be seen, not how good it is. */
export function fixtureModel(model: FixtureModel = {}): {
  readonly forecaster: Forecaster;
  readonly series: Series;
} {
  const settings = { hidden: 7, window: 6, horizon: 3, ...model.settings };
  const { forecaster: one, series } = fixtureForecaster(settings, model.series ?? stationSeries());
  const { network, window, inputScalers } = one;
  const linear = model.linear === true && {
    kernel: Float32Array.from(
      noise(window * inputScalers.length * network.outputs, 11),
      (value) => 0.2 * value,
    ),
    bias: Float32Array.from(noise(network.outputs, 12)),
  };
  const seasonal = one.intervals && {
    ...one.intervals,
    calibration: { ...one.intervals.calibration, season: [...(model.season ?? [0, 0])] as [number, number] },
  };
  const members = Array.from({ length: model.members ?? 1 }, (_, seed) =>
    initialiseParameters(network, { scheme: 'pytorch', seed }),
  );
  return {
    series,
    forecaster: {
      ...one,
      composite: { members, lstmShare: model.lstmShare ?? 1, linear: linear === false ? null : linear },
      intervals: model.intervals === 'none' ? null : model.season === undefined ? one.intervals : seasonal,
      event: model.event === true ? fixtureEvent(one) : null,
    },
  };
}

/** Of rain, its last input, the logarithm and whether there was any count too. */
function fixtureEvent({ horizon, network, inputs, target }: Forecaster): EventModel {
  const amounts = target.quantity === 'rain' ? [{ input: inputs.length - 1, scale: 2.5, least: 0.037 }] : [];
  return {
    threshold: 1,
    rows: 2,
    amounts,
    byLead: Array.from({ length: horizon }, (_, lead) => ({
      intercept: -0.5,
      weights: [...noise(2 * (network.inputs + 2 * amounts.length), lead + 1)],
    })),
  };
}

/** Starts of the windows of the test part. */
export const testStarts = (forecaster: Forecaster, series: Series): Int32Array =>
  prepare(series, forecaster.settings).split.test;

/** Exports with the float64 reference network for the trained model. */
export function exportFixture(
  { forecaster, series }: { readonly forecaster: Forecaster; readonly series: Series },
  formats: readonly ExportFormat[],
  folder: string,
): Promise<ExportReport> {
  return exportRun(forecaster, series, {
    formats,
    folder,
    test: testStarts(forecaster, series),
    predict: (starts) => referenceOutputs(forecaster, windowsAt(forecaster, series, starts)),
  });
}

/** The outputs of the float64 reference network for windows: [count, outputs], scaled. */
export function referenceOutputs(
  { network, composite }: Forecaster,
  { scaled, count }: Windows,
): Float32Array {
  const size = scaled.length / count;
  const outputs = Array.from({ length: count }, (_, index) => [
    ...forwardComposite(network, composite, scaled.subarray(index * size, (index + 1) * size)),
  ]);
  return Float32Array.from(outputs.flat());
}
