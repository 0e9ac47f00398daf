#!/usr/bin/env node
/**
 * Makes the sample `resources/samples/seattle-forecasts-made.csv`: forecasts as a weather service might have issued them each
 * evening for the next seven days, for the measured readings of `seattle-daily-2012-2015.csv`. The readings are real, these
 * forecasts are not: they are the readings themselves with errors that a service has at one station. They are too warm by day in
 * summer and too mild by night in winter, they miss alike for days on end, and they miss more the further ahead. The seed is
 * fixed, so that the file is always the same, byte for byte.
 *
 * node scripts/make-forecast-sample.mjs [FILE]
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { argv } from 'node:process';
import { fileURLToPath } from 'node:url';
import { makeNormal, makeUniform } from './sample-random.mjs';

const SEED = 20120101;
const MS_PER_DAY = 86_400_000;
/** Each run says something of so many days. */
const DAYS_AHEAD = 7;
/** Share of a run's error that the run of the next day has too. */
const PERSISTENCE = 0.6;
/** Standard deviation of the error one day ahead, in °C, and how much it grows with each further day. */
const ERROR = 1.2;
const GROWTH = 0.35;
/** Share of what is known of the weather that is left with each further day; the rest is the usual value of the season. */
const MEMORY = 0.93;

const samples = join(dirname(fileURLToPath(import.meta.url)), '..', 'resources', 'samples');

const dayOf = (time) => new Date(time).toISOString().slice(0, 10);

function readReadings() {
  const [header, ...lines] = readFileSync(join(samples, 'seattle-daily-2012-2015.csv'), 'utf8')
    .trim()
    .split('\n');
  const names = header.split(',');
  const place = (name) => names.indexOf(name);
  return lines.map((line) => {
    const cells = line.split(',');
    return {
      time: Date.parse(`${cells[place('date')]}T00:00:00Z`),
      high: Number(cells[place('temp_max')]),
      low: Number(cells[place('temp_min')]),
    };
  });
}

/** The mean of each day of the year, over eleven days around it. */
function usualOf(readings, name) {
  const sums = Array.from({ length: 366 }, () => ({ sum: 0, count: 0 }));
  const dayOfYear = (time) =>
    Math.floor((time - Date.UTC(new Date(time).getUTCFullYear(), 0, 1)) / MS_PER_DAY);
  for (const reading of readings) {
    for (let around = -5; around <= 5; around += 1) {
      const day = sums[(dayOfYear(reading.time) + around + 366) % 366];
      day.sum += reading[name];
      day.count += 1;
    }
  }
  return (time) => sums[dayOfYear(time)].sum / sums[dayOfYear(time)].count;
}

/** 1 at midsummer, -1 at midwinter. */
const summer = (time) => Math.cos((2 * Math.PI * (time - Date.UTC(2012, 6, 15))) / (365.25 * MS_PER_DAY));

function makeForecasts(readings) {
  const normal = makeNormal(makeUniform(SEED));
  const usual = { high: usualOf(readings, 'high'), low: usualOf(readings, 'low') };
  const bias = {
    high: (time) => 0.6 + 1.2 * summer(time),
    low: (time) => 0.8 - 0.9 * summer(time),
  };
  const error = { high: 0, low: 0 };
  const lines = ['issued,valid,temp_max (°C),temp_min (°C)'];
  readings.forEach(({ time }, day) => {
    for (const name of ['high', 'low']) {
      error[name] = PERSISTENCE * error[name] + Math.sqrt(1 - PERSISTENCE ** 2) * normal();
    }
    for (let lead = 1; lead <= DAYS_AHEAD; lead += 1) {
      const reading = readings[day + lead];
      const valid = time + lead * MS_PER_DAY;
      const said = ['high', 'low'].map((name) => {
        // The week after the last reading has none to be made of: there the season stands for it.
        const truth = reading?.[name] ?? usual[name](valid);
        const known = MEMORY ** (lead - 1);
        const spread = ERROR * (1 + GROWTH * (lead - 1));
        const missed = spread * (0.8 * error[name] + 0.6 * normal());
        return known * truth + (1 - known) * usual[name](valid) + bias[name](valid) + missed;
      });
      // Issued at six in the evening, when the day's readings are nearly over.
      lines.push(`${dayOf(time)}T18:00,${dayOf(valid)},${said.map((value) => value.toFixed(1)).join(',')}`);
    }
  });
  return `${lines.join('\n')}\n`;
}

writeFileSync(argv[2] ?? join(samples, 'seattle-forecasts-made.csv'), makeForecasts(readReadings()));
