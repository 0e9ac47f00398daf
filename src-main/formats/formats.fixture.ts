import type { ExportFormat, ExportReport } from '../contract/export-formats';
import type { EventModel } from '../contract/probability';
import type { Series } from '../contract/series';
import type { TrainingSettings } from '../contract/settings';
import type { Forecaster } from '../forecaster';
import { fixtureForecaster } from '../forecaster/forecaster.fixture';
import { forwardComposite, initialiseParameters } from '../network';
import { prepare } from '../series';
import { fixtureSeries, noise } from '../series/series.fixture';
import { exportRun } from './export-run';
import { windowsAt } from './windows';

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

/** With fresh weights: what is in the files is to be seen, not how good it is. */
export function fixtureModel(model: FixtureModel = {}): {
  readonly forecaster: Forecaster;
  readonly series: Series;
} {
  const settings = { hidden: 7, window: 6, horizon: 3, ...model.settings };
  const { forecaster: one, series } = fixtureForecaster(settings, model.series ?? stationSeries());
  const { network, window } = one;
  const linear = model.linear === true && {
    kernel: Float32Array.from(noise(window * network.inputs * network.outputs, 11), (value) => 0.2 * value),
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

function fixtureEvent({ horizon, network }: Forecaster): EventModel {
  return {
    threshold: 1,
    rows: 2,
    byLead: Array.from({ length: horizon }, (_, lead) => ({
      intercept: -0.5,
      weights: [...noise(2 * network.inputs, lead + 1)],
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
  const size = forecaster.window * forecaster.network.inputs;
  return exportRun(forecaster, series, {
    formats,
    folder,
    test: testStarts(forecaster, series),
    predict: (starts) => {
      const { scaled } = windowsAt(forecaster, series, starts);
      const outputs = Array.from(starts, (_, index) => [
        ...forwardComposite(
          forecaster.network,
          forecaster.composite,
          scaled.subarray(index * size, (index + 1) * size),
        ),
      ]);
      return Float32Array.from(outputs.flat());
    },
  });
}
