import { z } from 'zod';

/** How far from 0 each may be: degrees north and east, hours that a clock is ahead of UTC. */
export const SUN_BOUNDS = { latitude: 90, longitude: 180, utcOffset: 14 } as const;
const within = (name: keyof typeof SUN_BOUNDS) => z.number().min(-SUN_BOUNDS[name]).max(SUN_BOUNDS[name]);

/** Where a station stands, and how its clock goes: what the sun is computed from. */
export const sunSchema = z.strictObject({
  /** Degrees north and east. */
  latitude: within('latitude'),
  longitude: within('longitude'),
  /** Hours that the clock of the readings is ahead of UTC, without summer time. */
  utcOffset: within('utcOffset'),
  /** Each row holds the sun of so many steps later, the last that is forecast: it is known for ever. */
  ahead: z.number().int().min(0).max(1000),
});
export type Sun = Readonly<z.infer<typeof sunSchema>>;

/** How many inputs the sun is. */
export const SUN_INPUTS = 2;

const OFFSET = /([+-])(\d\d):?(\d\d)/;
const DEGREES_AN_HOUR = 15;

/**
 * Hours that the even clock of a zone is ahead of UTC: its standard time all year. Where no zone is told, those that the
 * sun gives: a whole hour for every 15 degrees.
 * @param zone 'UTC', '+09:00', 'Europe/Berlin'
 */
export function clockAhead(zone: string | null, longitude: number): number {
  if (zone === null) return Math.round(longitude / DEGREES_AN_HOUR);
  if (!zone.includes('/')) return hoursOf(zone);
  const year = new Date().getUTCFullYear();
  const format = new Intl.DateTimeFormat('en-GB', { timeZone: zone, timeZoneName: 'longOffset' });
  const ahead = [0, 6].map((month) => {
    const parts = format.formatToParts(Date.UTC(year, month, 1));
    return hoursOf(parts.find(({ type }) => type === 'timeZoneName')?.value ?? '');
  });
  return Math.min(...ahead);
}

function hoursOf(offset: string): number {
  const [, sign = '+', hours = '0', minutes = '0'] = OFFSET.exec(offset) ?? [];
  const ahead = Number(hours) + Number(minutes) / 60;
  return sign === '-' ? -ahead : ahead;
}
