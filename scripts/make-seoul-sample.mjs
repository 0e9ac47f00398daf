#!/usr/bin/env node
/**
 * Makes the sample `resources/samples/seoul-synthetic-2021-2022.csv`: two years of daily readings in the shape of the
 * Korean lesson, drawn from a simple model of Seoul's climate. They are synthetic: no station measured them. The seed is
 * fixed, so that the file is always the same, byte for byte.
 *
 * node scripts/make-seoul-sample.mjs [FILE]
 */
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { argv } from 'node:process';
import { fileURLToPath } from 'node:url';
import { makeNormal, makeUniform } from './sample-random.mjs';

const SEED = 20210101;
const FIRST_DAY = Date.UTC(2021, 0, 1);
const DAYS = 730;
const MS_PER_DAY = 86_400_000;
/** Correlation of one day's departure from the season with the next day's, as in real daily temperatures. */
const PERSISTENCE = 0.7;

/** Share of days with rain, and mean rain of such a day in mm, by month: a dry winter and the monsoon of July and August. */
const RAIN_SHARE = [0.18, 0.18, 0.22, 0.26, 0.27, 0.32, 0.52, 0.46, 0.28, 0.2, 0.27, 0.22];
const RAIN_MEAN = [3.5, 5, 7, 9.5, 12, 14, 27, 25, 17, 9, 7, 4];
/** Mean relative humidity in %, by month. */
const HUMIDITY_MEAN = [55, 54, 54, 54, 60, 66, 77, 75, 69, 62, 60, 57];
/** Mean wind in m/s, by month. */
const WIND_MEAN = [2.3, 2.5, 2.7, 2.7, 2.5, 2.2, 2.2, 2.1, 2.0, 2.0, 2.2, 2.3];
/** Share of dry days whose rain cell is empty, as weather services leave it; on the others it says 0. */
const EMPTY_WHEN_DRY = 0.85;

/** The monthly value at a day of the year, on straight lines between the middles of the months. */
function ofSeason(monthly, yearShare) {
  const position = yearShare * 12 - 0.5 + 12;
  const month = Math.floor(position);
  const share = position - month;
  return monthly[month % 12] * (1 - share) + monthly[(month + 1) % 12] * share;
}

/** A first-order autoregressive process with standard deviation 1. */
function makeMemory(normal) {
  let state = normal();
  return () => {
    state = PERSISTENCE * state + Math.sqrt(1 - PERSISTENCE ** 2) * normal();
    return state;
  };
}

function makeRows() {
  const uniform = makeUniform(SEED);
  const normal = makeNormal(uniform);
  const temperatureMemory = makeMemory(normal);
  const humidityMemory = makeMemory(normal);
  const windMemory = makeMemory(normal);
  let wetYesterday = false;

  return Array.from({ length: DAYS }, (_, day) => {
    const date = new Date(FIRST_DAY + day * MS_PER_DAY);
    const yearShare = ((date.getTime() - Date.UTC(date.getUTCFullYear(), 0, 1)) / MS_PER_DAY + 0.5) / 365;
    // Coldest about 18 January; winter weather varies more than summer weather.
    const winter = Math.cos(2 * Math.PI * (yearShare - 0.047));
    const temperature = 12.9 - 14.3 * winter + (2.9 + 0.9 * winter) * temperatureMemory();

    // Wet days come in spells; the share over a month stays as in the table.
    const share = ofSeason(RAIN_SHARE, yearShare);
    const wet = uniform() < (wetYesterday ? share + 0.5 * (1 - share) : share * 0.5);
    wetYesterday = wet;
    // Amounts of rain are skewed: a product of two exponential draws has many small and few large ones.
    const amount = ofSeason(RAIN_MEAN, yearShare) * Math.log(1 - uniform()) * Math.log(1 - uniform());
    const dryCell = uniform() < EMPTY_WHEN_DRY ? '' : '0.0';
    const rain = wet ? Math.min(amount, 300).toFixed(1) : dryCell;

    const humidity = ofSeason(HUMIDITY_MEAN, yearShare) + 10 * humidityMemory() + (wet ? 11 : -4);
    const wind = ofSeason(WIND_MEAN, yearShare) * Math.exp(0.28 * windMemory() - 0.04);
    return [
      date.toISOString().slice(0, 10),
      rain,
      Math.min(99, Math.max(18, humidity)).toFixed(1),
      Math.max(0.5, wind).toFixed(1),
      temperature.toFixed(1).replace(/^-0\.0$/, '0.0'),
    ].join(',');
  });
}

const samples = join(dirname(fileURLToPath(import.meta.url)), '..', 'resources', 'samples');
const file = argv[2] ?? join(samples, 'seoul-synthetic-2021-2022.csv');
writeFileSync(file, `일시,강수량,평균습도,평균풍속,평균기온\n${makeRows().join('\n')}\n`);
