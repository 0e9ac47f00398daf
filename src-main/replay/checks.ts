import { join } from 'node:path';
import initSqlJs from 'sql.js/dist/sql-wasm-inline.js';
import type { IssuedForecast } from '../contract/forecast-log';
import { readForecaster } from '../model';
import { forecastByHand } from './by-hand';
import { ArchiveHistory } from './archive';
import { aheadSecondsOf, type Replayed } from './replay';

/** What the checks found, numbers of forecasts. */
export interface Checked {
  readonly issued: number;
  /** From readings that were there, and yet not in the log. */
  readonly missing: readonly number[];
  /** In the log more than once. */
  readonly twice: readonly number[];
  /** Not to the last bit what the readings of then give by hand. */
  readonly different: readonly number[];
  /** Made before their last reading was written. */
  readonly fromTheFuture: readonly number[];
}

/** Of the archive, what the file holds that a forecast by hand is made from; the readings trained on are in the run. */
const BY_HAND_ROWS = 60 * 24;

/**
 * Holds every forecast that a watcher issued against the one made by hand from the readings that were there when it was
 * made (the last 60 days of them), those behind its own time left out.
 */
export async function check(
  replayed: Replayed,
  onProgress: (done: number, of: number) => void = () => undefined,
): Promise<Checked> {
  const sql = await initSqlJs();
  const { forecaster, series } = await readForecaster(replayed.unwatched);
  const archive = new ArchiveHistory(
    replayed.learned,
    replayed.changes.map(({ change }) => change),
  );
  const { issued, changes, station } = replayed;
  const scratch = join(replayed.unwatched, '..', station === 'weewx' ? 'by-hand.sdb' : 'by-hand.csv');
  const hand = { sql, scratch, station, forecaster, trainedOn: series };
  const ahead = aheadSecondsOf(station);
  const different: number[] = [];
  const fromTheFuture: number[] = [];
  /** The changes that were written when a forecast was made, the newest first. */
  const known = (madeAt: number): number => changes.filter(({ doneAt }) => doneAt <= madeAt).length;

  for (const [index, forecast] of issued.entries()) {
    if (index % 25 === 0) onProgress(index, issued.length);
    const seconds = forecast.issuedAt / 1000 - ahead;
    // It was written a moment before we heard of it.
    const last = Math.min(known(forecast.madeAt) + 1, changes.length);
    if (archive.rowAt(seconds, last) === null) {
      fromTheFuture.push(forecast.issuedAt);
      continue;
    }
    let tried = '';
    let isSame = false;
    for (let version = last; version >= 0 && !isSame; version -= 1) {
      if (archive.rowAt(seconds, version) === null) break;
      const rows = archive.rowsUpTo(seconds, version, BY_HAND_ROWS);
      const key = JSON.stringify(rows.slice(-3 * forecaster.window));
      if (key === tried) continue;
      tried = key;
      isSame = isSameForecast(forecast, await forecastByHand(hand, rows));
    }
    if (!isSame) different.push(forecast.issuedAt);
  }
  const times = issued.map(({ issuedAt }) => issuedAt);
  const twice = times.filter((time, at) => times.indexOf(time) !== at);
  return { issued: issued.length, missing: missingFrom(replayed), twice, different, fromTheFuture };
}

const isSameForecast = (one: IssuedForecast, other: IssuedForecast): boolean =>
  one.issuedAt === other.issuedAt &&
  one.lastReading === other.lastReading &&
  JSON.stringify(one.points) === JSON.stringify(other.points);

/** Readings that came in their turn, each of which asks for a forecast. */
function missingFrom({ changes, issued, station }: Replayed): number[] {
  const found = new Set(issued.map(({ issuedAt }) => issuedAt));
  const first = Math.min(...found);
  let newest = 0;
  const now = Date.now() / 1000;
  const due = changes.flatMap(({ change: { put } }) => {
    const inTurn = put.filter(({ time }) => time > newest && time < now).map(({ time }) => time);
    newest = Math.max(newest, ...inTurn);
    return inTurn;
  });
  const ahead = aheadSecondsOf(station);
  return due.map((time) => (time + ahead) * 1000).filter((time) => time >= first && !found.has(time));
}
