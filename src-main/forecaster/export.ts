import { createHash } from 'node:crypto';
import { basename, dirname, join } from 'node:path';
import { Problem } from '../contract/problems';
import type { Series } from '../contract/series';
import { readBounded, readJson } from '../files/bounded';
import {
  describeForecaster,
  documentSchema,
  FORECASTER_FILE,
  MODEL_FILE,
  SERIES_FILE,
  WEIGHTS_FILE,
} from './document';
import { writeFolder } from './folder';
import type { Forecaster } from './forecaster';
import { layersModel } from './layers-model';
import { seriesFromCsv, seriesToCsv } from './series-csv';
import { formOf, packWeights, unpackWeights } from './weights';

const mostDocumentBytes = 16 * 1024 * 1024;

/**
 * Writes the files of a forecaster into a folder (made where there is none; other files in it stay): model.json and
 * weights.bin for TensorFlow.js, forecaster.json for everything else, series.csv with the readings. All or nothing.
 * @returns the paths of the files
 * @throws Problem 'cannot-write'
 */
export async function writeExport(forecaster: Forecaster, series: Series, folder: string): Promise<string[]> {
  const form = formOf(forecaster.network, forecaster.window, forecaster.composite);
  const weights = floatsToBytes(packWeights(form, forecaster.composite));
  const readings = seriesToCsv(series);
  const document = describeForecaster(forecaster, series, { weights: mark(weights), series: mark(readings) });
  return writeFolder(folder, [
    { name: WEIGHTS_FILE, content: weights },
    { name: MODEL_FILE, content: formatJson(layersModel(forecaster, WEIGHTS_FILE)) },
    { name: SERIES_FILE, content: readings },
    // Last: it vouches for the others by their hashes.
    { name: FORECASTER_FILE, content: formatJson(document) },
  ]);
}

/**
 * Reads an export back. Only the files beside `path` with the names that `writeExport` gives are opened, and each must
 * have the size and the hash that forecaster.json tells.
 * @throws Problem 'forecaster-invalid', 'file-missing', 'file-unreadable', 'file-too-large'
 */
export async function readExport(
  path: string,
): Promise<{ readonly forecaster: Forecaster; readonly series: Series }> {
  const invalid = (cause: string): Problem =>
    new Problem('forecaster-invalid', { file: basename(path), cause });
  const document = await readJson(path, documentSchema, mostDocumentBytes, invalid);
  const { about: _about, weights, model: _model, series: readings, ...described } = document;
  const { members: _members, lstmShare: _lstmShare, linear: _linear, ...keys } = described;
  const readMarked = async (file: string, expected: ReturnType<typeof mark>): Promise<Buffer> => {
    const content = await readBounded(join(dirname(path), file), expected.bytes);
    const { bytes, sha256 } = mark(content);
    if (bytes !== expected.bytes || sha256 !== expected.sha256)
      throw invalid(`${file} is not the file it was`);
    return content;
  };

  const packed = bytesToFloats(await readMarked(WEIGHTS_FILE, weights));
  if (!packed.every(Number.isFinite)) throw invalid(`${WEIGHTS_FILE} holds what is no number`);
  const csv = (await readMarked(SERIES_FILE, readings)).toString('utf8');
  try {
    const series = seriesFromCsv(csv, { ...readings, step: keys.step });
    return { forecaster: { ...keys, composite: unpackWeights(document, packed) }, series };
  } catch (error) {
    if (error instanceof SyntaxError) throw invalid(`${SERIES_FILE}: ${error.message}`);
    throw error;
  }
}

function mark(content: Uint8Array): { readonly bytes: number; readonly sha256: string } {
  return { bytes: content.byteLength, sha256: createHash('sha256').update(content).digest('hex') };
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
