import { randomSource } from '../network';

const HOUR_SECONDS = 3600;

/** A row of WeeWX's archive: its time in seconds since 1970, UTC, and what was read, in °C, % and hPa. */
export interface Row {
  readonly time: number;
  readonly temperature: number;
  readonly humidity: number;
  readonly pressure: number;
}

/** One transaction of the station's program. */
export interface Change {
  readonly put: readonly Row[];
  readonly remove: readonly number[];
}

/** What befalls a station, planted into its readings. */
export const MISHAPS = [
  'outage',
  'spike',
  'repeat',
  'late',
  'changed',
  'moved sensor',
  'stuck sensor',
  'spring forward',
  'fall back',
  'clock ahead',
] as const;
export type Mishap = (typeof MISHAPS)[number];

/** A mishap, and the hour that it befell; seconds since 1970, UTC. */
export interface Planted {
  readonly mishap: Mishap;
  readonly time: number;
}

/** Temperature with season, time of day and weather that lasts; humidity and pressure go with it. Hourly from a whole hour on. */
export function weatherOf(from: number, hours: number, seed: number): Row[] {
  const random = randomSource(seed, 'replayed weather');
  let weather = 0;
  return Array.from({ length: hours }, (_, hour) => {
    const time = from + hour * HOUR_SECONDS;
    weather = 0.97 * weather + 0.6 * random.normal();
    const season = -9 * Math.cos((2 * Math.PI * time) / (365.25 * 86_400));
    const day = -4 * Math.cos((2 * Math.PI * (time - 2 * HOUR_SECONDS)) / 86_400);
    const round = (value: number): number => Math.round(value * 10) / 10;
    return {
      time,
      temperature: round(11 + season + day + weather + 0.2 * random.normal()),
      humidity: round(Math.min(100, Math.max(15, 70 - 3 * weather - 4 * day + 2 * random.normal()))),
      pressure: round(1015 - 2 * weather + random.normal()),
    };
  });
}

/** Where so many are left until the next mishap. */
const OUTAGE_HOURS = 30;
const STUCK_HOURS = 20;
const LATE_HOURS = 3;
const AHEAD_SECONDS = 73 * 365 * 86_400;

/**
 * What the station's program writes, hour by hour, with a mishap now and then, each kind in turn.
 * @param every hours from one mishap to the next
 * @param kinds those that are planted
 */
export function changesOf(
  rows: readonly Row[],
  every: number,
  kinds: readonly Mishap[] = MISHAPS,
): { changes: Change[]; planted: Planted[] } {
  const changes: Change[] = [];
  const planted: Planted[] = [];
  const left = rows.map((row) => ({ ...row }));
  const late = new Map<number, Row>();
  let [silentUntil, stuckUntil, moved] = [-1, -1, 0];
  let next = Math.floor(every / 2);
  left.forEach((row, hour) => {
    const mishap = hour === next ? kinds[planted.length % kinds.length] : undefined;
    if (mishap !== undefined) {
      planted.push({ mishap, time: row.time });
      next += every;
    }
    if (mishap === 'outage') silentUntil = hour + Math.min(OUTAGE_HOURS, every - 1);
    if (mishap === 'stuck sensor') stuckUntil = hour + Math.min(STUCK_HOURS, every - 1);
    if (mishap === 'moved sensor') moved += 1.5;
    const before = left[hour - 1] ?? row;
    const own: Row = {
      ...row,
      temperature:
        mishap === 'spike'
          ? 55
          : hour < stuckUntil
            ? before.temperature
            : Math.round((row.temperature + moved) * 10) / 10,
    };
    if (hour < stuckUntil) row.temperature = before.temperature;
    const arrived = late.get(hour);
    const put = [...(arrived === undefined ? [] : [arrived])];
    const remove: number[] = [];
    // By a clock that is put forward an hour is left out; by one that is put back it is written twice.
    if (mishap === 'late') late.set(hour + LATE_HOURS, own);
    else if (mishap === 'spring forward' || hour < silentUntil) put.push();
    else put.push(own);
    changes.push({ put, remove });
    if (mishap === 'repeat') changes.push({ put: [own], remove: [] });
    if (mishap === 'fall back')
      changes.push({ put: [{ ...own, temperature: own.temperature + 0.4 }], remove: [] });
    if (mishap === 'changed') {
      changes.push({
        put: [{ ...before, temperature: Math.round((before.temperature + 1) * 10) / 10 }],
        remove: [],
      });
    }
    if (mishap === 'clock ahead') {
      const ahead = { ...own, time: own.time + AHEAD_SECONDS };
      changes.push({ put: [ahead], remove: [] }, { put: [], remove: [ahead.time] });
    }
  });
  return { changes: changes.filter(({ put, remove }) => put.length + remove.length > 0), planted };
}
