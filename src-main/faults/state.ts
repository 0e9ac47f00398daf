import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import { forecastFrom } from '../forecaster';
import {
  memberFolder,
  readForecastLog,
  readNewerSeries,
  readProgress,
  readRecord,
  type RunRecord,
} from '../library';
import { readForecaster } from '../model';

/** Random parts of the names that temporary things bear, with the number of the process; and ids of runs. */
const RANDOM_PART = /([0-9a-z]{8}-)?[0-9a-f]{8,}(\.\d+(?=\.))?/g;

/** A text in which such names are alike. */
export const withoutChance = (text: string): string => text.replace(RANDOM_PART, '*');

/** All files and folders under a folder by their paths within it, sorted. */
export async function listAll(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.map(({ parentPath, path, name }) => relative(folder, join(parentPath ?? path, name))).sort();
}

const hashOf = (content: Uint8Array | string): string =>
  createHash('sha256').update(content).digest('hex').slice(0, 16);

/** What each file under a folder holds, byte for byte, by its path within it. */
export async function contentsOf(folder: string): Promise<ReadonlyMap<string, string>> {
  const contents = new Map<string, string>();
  for (const path of await listAll(folder)) {
    const full = join(folder, path);
    if ((await stat(full)).isFile()) contents.set(path, hashOf(await readFile(full)));
  }
  return contents;
}

/** The files that are not the same in both, with what befell them. */
export function differences(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): readonly string[] {
  const all = new Set([...before.keys(), ...after.keys()]);
  return [...all]
    .filter((path) => before.get(path) !== after.get(path))
    .map((path) => `${path} ${!after.has(path) ? 'is gone' : before.has(path) ? 'has changed' : 'is new'}`);
}

/** A run's record without the times of day at which things were done. */
async function recordOf(folder: string): Promise<Omit<RunRecord, 'createdAt' | 'seconds'>> {
  const { createdAt: _createdAt, seconds: _seconds, ...record } = await readRecord(folder, folder);
  return record;
}

type Meaning = Awaited<ReturnType<typeof recordOf>> &
  Readonly<Record<'networks' | 'forecast' | 'newer' | 'log', unknown>>;

/** All that a run has learned and says, bit for bit, but for the times at which it was done. @throws Problem */
export async function meaningOf(folder: string): Promise<Meaning> {
  const record = await readRecord(folder, folder);
  const members: unknown[] = [];
  for (let member = 0; member < record.settings.members; member++) {
    members.push(await progressOf(memberFolder(folder, member)));
  }
  const newer = await readNewerSeries(folder, record.name);
  const log = await readForecastLog(folder);
  return {
    ...(await recordOf(folder)),
    networks: members,
    forecast: record.keptEpoch === 0 ? null : await forecastOf(folder),
    newer:
      newer === null ? null : [newer.time.length, ...newer.variables.map(({ values }) => hash32(values))],
    log: log.map(({ madeAt: _madeAt, ...issued }) => issued),
  };
}

const hash32 = ({ buffer, byteOffset, byteLength }: Float32Array): string =>
  hashOf(new Uint8Array(buffer, byteOffset, byteLength));

async function progressOf(folder: string): Promise<object | null> {
  const progress = await readProgress(folder);
  if (progress === null) return null;
  const { theta, firstMoment, secondMoment, bestTheta, seconds: _seconds, ...numbers } = progress.checkpoint;
  const vectors = [theta, firstMoment, secondMoment, bestTheta].map(hash32);
  return { ...numbers, vectors, history: progress.history };
}

/** What a run or an export forecasts from its own last reading. @throws Problem of reading it */
export async function forecastOf(folder: string): Promise<unknown> {
  const { forecaster, series } = await readForecaster(folder);
  return forecastFrom(forecaster, series).points;
}

/**
 * What a folder holds, written so that two tries that left the same give the same text: temporary names without their random
 * part, runs without the times of their training.
 */
export async function fingerprint(folder: string): Promise<string> {
  const parts: string[] = [];
  for (const path of await listAll(folder)) {
    const full = join(folder, path);
    const name = withoutChance(path);
    parts.push(`${name} ${(await stat(full)).isFile() ? await fileMark(full) : 'folder'}`);
  }
  return hashOf(parts.join('\n'));
}

async function fileMark(path: string): Promise<string> {
  const folder = join(path, '..');
  const name = basename(path);
  const raw = await readFile(path);
  try {
    if (name === 'run.json') return JSON.stringify(await recordOf(folder));
    if (name === 'checkpoint.bin') return JSON.stringify(await progressOf(folder));
    if (name === 'forecasts.json') return raw.toString('utf8').replace(/"madeAt":\d+/g, '');
  } catch {
    // Told by its bytes below.
  }
  // A lock names its process.
  return withoutChance(name) === name && !name.endsWith('lock') ? hashOf(raw) : `${raw.length} bytes`;
}
