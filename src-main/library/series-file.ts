import { join } from 'node:path';
import { z } from 'zod';
import { phrase, type Phrase } from '../contract/phrases';
import { Problem } from '../contract/problems';
import { QUANTITIES } from '../contract/quantities';
import type { Series } from '../contract/series';
import { isNameOfDerived } from '../contract/words';
import { writeAtomically } from '../files/atomic';
import { parseJson, readBounded } from '../files/bounded';
import { bearsFormat, BROKEN_SEAL, checksumOf, sealed, sealJson } from '../files/sealed';

/**
 * series.bin, little-endian, without padding: the times (float64 [rows]), then the values of each variable
 * (float32 [rows]), then for each variable what was filled (uint8 [rows]). series.json says the rest, and the checksums of both.
 */
const HEADER_FILE = 'series.json';
/** The file by which readings are known to be there. */
export const SERIES_MARK = HEADER_FILE;
const NUMBERS_FILE = 'series.bin';
export const SERIES_FILES = [HEADER_FILE, NUMBERS_FILE] as const;

const MOST_ROWS = 5_000_000;
const MOST_VARIABLES = 201;
const index = z.number().int().min(0).max(MOST_VARIABLES);

const seriesHeaderSchema = z
  .strictObject({
    format: z.literal('hindcast-series'),
    version: z.literal(1),
    rows: z.number().int().min(0).max(MOST_ROWS),
    step: z.strictObject({ seconds: z.number().positive(), label: z.string().max(100) }),
    variables: z
      .array(
        z.strictObject({
          name: z.string().max(1000),
          /** Earlier versions of the app kept the name alone. */
          made: z.boolean().optional(),
          lead: z.number().int().min(1).max(MOST_ROWS).optional(),
          quantity: z.enum(QUANTITIES),
          unit: z.string().max(100),
        }),
      )
      .min(1)
      .max(MOST_VARIABLES),
    inputs: z.array(index).min(1).max(MOST_VARIABLES),
    target: index,
    alsoTargets: z.array(index).default([]),
    stations: z.array(z.string().max(1000)).min(1).max(10_000).optional(),
    service: z.array(index).min(1).max(MOST_VARIABLES).optional(),
    /** SHA-256 of series.bin; those of earlier versions have none. */
    numbers: z.string().length(64).optional(),
  })
  .refine(
    ({ inputs, target, alsoTargets, service = [], variables }) =>
      Math.max(...inputs, target, ...alsoTargets, ...service) < variables.length,
    {
      params: { cause: phrase('variable-missing') },
    },
  )
  .refine(({ rows, stations = [''] }) => rows % stations.length === 0, {
    params: { cause: phrase('stations-unequal') },
  });

const bytesOf = (rows: number, variables: number): number => rows * (8 + variables * 5);

/** The files of readings in a folder, as far as they are there; none where Hindcast did not write them. */
export async function ownSeriesFiles(folder: string): Promise<string[]> {
  return (await bearsFormat(join(folder, HEADER_FILE), 'hindcast-series')) ? [...SERIES_FILES] : [];
}

/** @throws Problem 'cannot-write' */
export async function writeSeries(folder: string, series: Series): Promise<void> {
  const { numbers, header } = encodeSeries(series);
  await writeAtomically(join(folder, NUMBERS_FILE), numbers);
  await writeAtomically(join(folder, HEADER_FILE), header);
}

/** Of both files. */
interface SeriesContent<Bytes extends Uint8Array> {
  readonly header: Bytes;
  readonly numbers: Bytes;
}

export function encodeSeries(series: Series): SeriesContent<Uint8Array> {
  const { time, step, variables, inputs, target, alsoTargets, stations, service } = series;
  const rows = time.length;
  const numbers = new Uint8Array(bytesOf(rows, variables.length));
  let offset = 0;
  for (const part of [
    time,
    ...variables.map(({ values }) => values),
    ...variables.map(({ filled }) => filled),
  ]) {
    numbers.set(new Uint8Array(part.buffer, part.byteOffset, part.byteLength), offset);
    offset += part.byteLength;
  }
  const header = {
    format: 'hindcast-series',
    version: 1,
    rows,
    step,
    variables: variables.map(({ name, made = false, lead, quantity, unit }) => ({
      name,
      made,
      ...(lead === undefined ? {} : { lead }),
      quantity,
      unit,
    })),
    inputs: [...inputs],
    target,
    alsoTargets: [...alsoTargets],
    ...(stations === undefined ? {} : { stations: [...stations] }),
    ...(service === undefined ? {} : { service: [...service] }),
    numbers: checksumOf(numbers),
  } satisfies z.infer<typeof seriesHeaderSchema>;
  return { numbers, header: Buffer.from(sealJson(header)) };
}

type Damaged = (cause: Phrase) => Problem;
type SeriesHeader = z.infer<typeof seriesHeaderSchema>;
const MOST_HEADER_BYTES = 4 * 1024 * 1024;

/** @throws Problem 'run-damaged' or 'file-unreadable' */
export async function readSeries(folder: string, runName: string): Promise<Series> {
  const damaged: Damaged = (cause) => new Problem('run-damaged', { name: runName, cause });
  const whole = async (file: string, limit: number): Promise<Buffer> => {
    try {
      return await readBounded(join(folder, file), limit);
    } catch (error) {
      const sized =
        error instanceof Problem && (error.code === 'file-missing' || error.code === 'file-too-large');
      throw sized ? damaged(phrase('file-missing-or-large', { file })) : error;
    }
  };
  const header = parseHeader(await whole(HEADER_FILE, MOST_HEADER_BYTES), damaged);
  return seriesOf(header, await whole(NUMBERS_FILE, bytesOf(header.rows, header.variables.length)), damaged);
}

/** @throws Problem 'run-damaged' */
export function decodeSeries({ header, numbers }: SeriesContent<Buffer>): Series {
  const damaged: Damaged = (cause) => new Problem('run-damaged', { name: '', cause });
  return seriesOf(parseHeader(header, damaged), numbers, damaged);
}

const parseHeader = (bytes: Buffer, damaged: Damaged): SeriesHeader =>
  parseJson(bytes, sealed(seriesHeaderSchema), (cause) =>
    damaged(phrase('in-file', { file: HEADER_FILE, what: cause })),
  );

function seriesOf(
  { rows, step, variables, inputs, target, alsoTargets, stations, service, numbers: checksum }: SeriesHeader,
  file: Buffer,
  damaged: Damaged,
): Series {
  const expected = bytesOf(rows, variables.length);
  if (file.byteLength !== expected) {
    throw damaged(phrase('file-has-bytes', { file: NUMBERS_FILE, found: file.byteLength, wanted: expected }));
  }
  if (checksum !== undefined && checksumOf(file) !== checksum)
    throw damaged(phrase('in-file', { file: NUMBERS_FILE, what: BROKEN_SEAL }));
  // A copy of its own: a Buffer may start anywhere, a Float64Array only at a multiple of 8.
  const numbers = new Uint8Array(file).buffer;
  const valuesAt = 8 * rows;
  const filledAt = valuesAt + 4 * rows * variables.length;
  return {
    time: new Float64Array(numbers, 0, rows),
    step,
    variables: variables.map(({ made, lead, ...variable }, position) => ({
      ...variable,
      ...(lead === undefined ? {} : { lead }),
      ...((made ?? isNameOfDerived(variable.name)) ? { made: true } : {}),
      values: new Float32Array(numbers, valuesAt + 4 * rows * position, rows),
      filled: new Uint8Array(numbers, filledAt + rows * position, rows),
    })),
    inputs,
    target,
    alsoTargets,
    ...(stations === undefined ? {} : { stations }),
    ...(service === undefined ? {} : { service }),
  };
}
