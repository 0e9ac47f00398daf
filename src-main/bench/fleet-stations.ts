import { randomSource } from '../network';

/** A file of a station of a made fleet. */
export interface MadeStation {
  readonly name: string;
  readonly text: string;
}

/** Days that a station has, and the share of them that is missing. */
const DAYS = { least: 400, most: 1400 };
const MOST_MISSING = 0.05;
/** Degrees and per cent by which a station departs from the sample. */
const DEPARTURE = { temperature: 6, wind: 0.3 };
const UNITS = ['celsius', 'fahrenheit'] as const;

/**
 * Stations made of the bundled sample of Seattle: stretches of different length with gaps, departures and noise of their own, some
 * in °F, some with semicolons. The same seed makes the same stations.
 * @param sample the text of seattle-daily-2012-2015.csv
 */
export function makeStations(sample: string, count: number, seed = 1): MadeStation[] {
  const rows = sample
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(','));
  return Array.from({ length: count }, (_, index) => {
    const name = `station-${String(index + 1).padStart(4, '0')}`;
    const random = randomSource(seed, name);
    const length = Math.min(rows.length, Math.round(random.uniform(DAYS.least, DAYS.most)));
    const first = Math.floor(random.uniform(0, rows.length - length));
    const missing = random.uniform(0, MOST_MISSING);
    const warmer = random.uniform(-DEPARTURE.temperature, DEPARTURE.temperature);
    const windier = 1 + random.uniform(-DEPARTURE.wind, DEPARTURE.wind);
    const unit = UNITS[Math.floor(random.uniform(0, UNITS.length))]!;
    const delimiter = random.uniform(0, 1) < 0.5 ? ',' : ';';
    const degrees = (celsius: number): string =>
      (unit === 'celsius' ? celsius : celsius * 1.8 + 32).toFixed(1);
    const sign = unit === 'celsius' ? '°C' : '°F';
    const head = ['date', 'rain (mm)', `highest (${sign})`, `lowest (${sign})`, 'wind (m/s)'];
    const lines = rows.slice(first, first + length).flatMap(([date = '', rain = '', high, low, wind]) => {
      const noise = random.normal();
      if (random.uniform(0, 1) < missing) return [];
      return [
        [
          date,
          rain,
          degrees(Number(high) + warmer + noise),
          degrees(Number(low) + warmer + noise),
          (Number(wind) * windier).toFixed(1),
        ].join(delimiter),
      ];
    });
    return { name, text: `${[head.join(delimiter), ...lines].join('\n')}\n` };
  });
}
