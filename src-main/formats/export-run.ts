import { join } from 'node:path';
import {
  EXPORT_FORMATS,
  type ExportedFormat,
  type ExportFormat,
  type ExportReport,
} from '../contract/export-formats';
import { causeOfProblem, Problem, toProblem } from '../contract/problems';
import type { Series } from '../contract/series';
import { FORECASTER_FILE, readExport, writeExport, type Forecaster, type FormatFiles } from '../forecaster';
import type { Traveller } from './format';
import { FORMATS } from './formats';
import { partsOf } from './parts';
import { readme } from './readme';
import { differencesOf, saidByHindcast, windowsAt, type Said, type Windows } from './windows';

/** A model in another format may differ from the trained one by rounding alone: this share of the target's spread. */
const TOLERANCE = 1e-4;
/** Probabilities have no unit; they may differ by as much. */
const PROBABILITY_TOLERANCE = 1e-4;
/** Windows of the test part that each format is tried on. */
const TRIED_WINDOWS = 128;

/** Forecasts of the trained model for windows that begin at `starts`: [starts, outputs], scaled. */
export type Predict = (starts: Int32Array) => Float32Array;

/**
 * Writes a forecaster in some formats into a folder that holds none, reads it back, and has each format opened by what is
 * its home, or as near as Hindcast has it at hand: each must forecast as the trained model does.
 * @param test starts of the windows of the test part
 * @throws Problem 'cannot-write', 'export-unreadable', 'export-mismatch', 'engine-missing'
 */
export async function exportRun(
  forecaster: Forecaster,
  series: Series,
  {
    formats,
    folder,
    test,
    predict,
  }: {
    readonly formats: readonly ExportFormat[];
    readonly folder: string;
    readonly test: Int32Array;
    readonly predict: Predict;
  },
): Promise<ExportReport> {
  const traveller = { forecaster, series, parts: partsOf(forecaster) };
  const content = formats.map((format) => filesOf(format, traveller));
  const files = await writeExport(forecaster, series, folder, {
    formats: content,
    readme: readme(formats, forecaster),
  });
  await requireReadable(folder);
  const starts = test.subarray(0, TRIED_WINDOWS);
  const windows = windowsAt(forecaster, series, starts);
  const expected = saidByHindcast(forecaster, series, windows, predict(starts));
  const checked: ExportedFormat[] = [];
  for (const format of formats) {
    checked.push(await check(format, folder, { traveller, windows, expected }));
  }
  return { folder, unit: forecaster.target.unit, formats: checked, files };
}

function filesOf(format: ExportFormat, traveller: Traveller): FormatFiles {
  const { model, example } = EXPORT_FORMATS[format];
  const bytes = (content: Uint8Array | string): Uint8Array =>
    typeof content === 'string' ? Buffer.from(content) : content;
  return {
    format,
    files: {
      [model]: bytes(FORMATS[format].model(traveller)),
      [example]: bytes(FORMATS[format].example(traveller)),
    },
  };
}

async function requireReadable(folder: string): Promise<void> {
  try {
    await readExport(join(folder, FORECASTER_FILE));
  } catch (error) {
    throw new Problem('export-unreadable', { cause: causeOfProblem(toProblem(error)) }, { cause: error });
  }
}

async function check(
  format: ExportFormat,
  folder: string,
  {
    traveller,
    windows,
    expected,
  }: { readonly traveller: Traveller; readonly windows: Windows; readonly expected: Required<Said> },
): Promise<ExportedFormat> {
  const { model } = EXPORT_FORMATS[format];
  const { open, workingBytes } = FORMATS[format];
  const opened = await open(join(folder, model), windows, traveller);
  const memory = workingBytes === undefined ? {} : { workingBytes: workingBytes(traveller.parts) };
  if (opened.kind !== 'opened') return { format, check: opened, ...memory };
  const { values, probability } = differencesOf(opened.said, expected);
  const share = values / traveller.forecaster.targetScaler.scale;
  if (!(share <= TOLERANCE && probability <= PROBABILITY_TOLERANCE)) {
    const difference = share <= TOLERANCE ? probability : values;
    throw new Problem('export-mismatch', { file: model, difference });
  }
  const { by } = opened;
  return {
    format,
    check: { kind: 'checked', by, windows: windows.count, difference: values, share },
    ...memory,
  };
}
