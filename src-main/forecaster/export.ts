import { writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { ExportedFile, ExportFormat } from '../contract/export-formats';
import { Malformed, phrase, type Phrase } from '../contract/phrases';
import { Problem, toProblem } from '../contract/problems';
import type { Series } from '../contract/series';
import { cannotWrite, makeFolder } from '../files/atomic';
import { readBounded, readJson } from '../files/bounded';
import { recoverFolder } from '../files/replace-folder';
import { checksumOf } from '../files/sealed';
import {
  describeForecaster,
  type FileMark,
  type ForecasterDocument,
  FORECASTER_FILE,
  modelFiles,
  README_FILE,
  SERIES_FILE,
  WEIGHTS_FILE,
  writtenDocumentSchema,
} from './document';
import { requireOneStation } from './forecast';
import type { Forecaster } from './forecaster';
import { requireOwnReadings, withMadeKnown } from './own-readings';
import { seriesFromCsv, seriesToCsv } from './series-csv';
import { formOf, packWeights, unpackWeights } from './weights';

const MOST_DOCUMENT_BYTES = 16 * 1024 * 1024;

/** The files of a format, by their names. */
export interface FormatFiles {
  readonly format: ExportFormat;
  readonly files: Readonly<Record<string, Uint8Array>>;
}

/** What lies in an export beside the files that each has. */
export interface ExportContent {
  readonly formats: readonly FormatFiles[];
  /** README.txt */
  readonly readme: string;
}

/**
 * Writes the files of a forecaster into a folder where none of them is (made where there is none): those of its formats,
 * weights.bin and forecaster.json for everything else, series.csv with the readings. See `replaceExport` for a folder that
 * may hold an export.
 * @returns the files, those of formats first
 * @throws Problem 'cannot-write', 'stations-together'
 */
export async function writeExport(
  forecaster: Forecaster,
  series: Series,
  folder: string,
  { formats, readme }: ExportContent,
): Promise<readonly ExportedFile[]> {
  requireOneStation(series);
  const form = formOf(forecaster.network, forecaster.window, forecaster.composite);
  const weights = floatsToBytes(packWeights(form, forecaster.composite));
  const readings = seriesToCsv(series);
  const beside: Readonly<Record<string, Uint8Array>> = Object.assign(
    {},
    ...formats.map(({ files }) => files),
    { [README_FILE]: Buffer.from(readme) },
  );
  const document = describeForecaster(
    forecaster,
    series,
    { weights: mark(weights), series: mark(readings) },
    {
      formats: formats.map(({ format }) => format),
      files: Object.entries(beside).map(([file, content]) => ({ file, ...mark(content) })),
    },
  );
  const files = {
    ...beside,
    [WEIGHTS_FILE]: weights,
    [SERIES_FILE]: readings,
    [FORECASTER_FILE]: Buffer.from(formatJson(document)),
  };
  try {
    await makeFolder(folder);
    for (const [name, content] of Object.entries(files)) {
      await writeFile(join(folder, name), content, { flag: 'wx' });
    }
  } catch (error) {
    throw cannotWrite(folder, error);
  }
  return Object.entries(files).map(([name, { byteLength }]) => ({ name, bytes: byteLength }));
}

/**
 * Reads an export back: the one rule of what is taken in, by the window and by the command line. Only the files beside
 * `path` with the names that `writeExport` gives are opened. Each must have the size and the hash that forecaster.json
 * tells, forecaster.json its own, and the forecaster must have been trained on the readings beside it.
 * @throws Problem 'forecaster-invalid', 'file-missing', 'file-unreadable', 'file-too-large', as `recoverFolder`
 */
export async function readExport(
  path: string,
): Promise<{ readonly forecaster: Forecaster; readonly series: Series }> {
  const invalid = (cause: Phrase): Problem =>
    new Problem('forecaster-invalid', { file: basename(path), cause });
  await recoverFolder(dirname(path));
  const document = await readJson(path, writtenDocumentSchema, MOST_DOCUMENT_BYTES, invalid);
  const { weights, series: readings } = document;
  const readMarked = async (file: string, expected: FileMark): Promise<Buffer> => {
    const notIt = invalid(phrase('file-not-it', { file }));
    const content = await readBounded(join(dirname(path), file), expected.bytes).catch((error: unknown) => {
      throw toProblem(error).code === 'file-too-large' ? notIt : error;
    });
    const { bytes, sha256 } = mark(content);
    if (bytes !== expected.bytes || sha256 !== expected.sha256) throw notIt;
    return content;
  };

  const packed = bytesToFloats(await readMarked(WEIGHTS_FILE, weights));
  if (!packed.every(Number.isFinite)) throw invalid(phrase('file-not-numbers', { file: WEIGHTS_FILE }));
  // Examples and README.txt are the user's to change.
  for (const [file, expected] of modelFiles(document)) await readMarked(file, expected);
  const csv = (await readMarked(SERIES_FILE, readings)).toString('utf8');
  try {
    const forecaster = forecasterOf(document, packed);
    const read = seriesFromCsv(csv, { ...readings, step: document.step });
    const series = withMadeKnown(read, forecaster.columns);
    requireOwnReadings(forecaster, series, invalid);
    return { forecaster, series };
  } catch (error) {
    if (error instanceof Malformed) {
      throw invalid(phrase('in-file', { file: SERIES_FILE, what: error.because }));
    }
    throw error;
  }
}

function forecasterOf(document: ForecasterDocument, packed: Float32Array): Forecaster {
  const { format: _format, version: _version, about: _about, contentSha256: _hash, ...rest } = document;
  const { weights: _weights, model: _model, series: _series, ...others } = rest;
  const { formats: _formats, files: _files, ...described } = others;
  const { members: _members, lstmShare: _lstmShare, linear: _linear, ...keys } = described;
  return { ...keys, composite: unpackWeights(document, packed) };
}

function mark(content: Uint8Array): FileMark {
  return { bytes: content.byteLength, sha256: checksumOf(content) };
}

const formatJson = (value: object): string => `${JSON.stringify(value, null, 2)}\n`;

/** Little-endian, as all machines are that TensorFlow runs on. A view. */
function floatsToBytes({ buffer, byteOffset, byteLength }: Float32Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

/** A copy: the bytes of a file need not begin at a multiple of four. */
function bytesToFloats(bytes: Uint8Array): Float32Array {
  return new Float32Array(Uint8Array.from(bytes).buffer);
}
