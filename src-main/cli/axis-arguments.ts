import { DERIVED_INPUTS, type DerivedInput } from '../contract/dataset';
import { MONTH_SECONDS } from '../contract/derived';
import type { NamedColumns } from '../dataset';
import { clockAhead, sunSchema, type Sun } from '../contract/sun';
import { misfit, parseInstant, UsageError, type Arguments, type Options } from './arguments';
import type { Span } from '../contract/readings';

/** How the regular time axis is made, and in which units. */
export const AXIS_OPTIONS: Options = {
  zone: {
    value: 'Z',
    help: 'the zone whose clock the file is read by, with its summer time: Europe/Berlin; newer readings of the run are read so too',
  },
  step: { value: 'S', help: 'time step, coarser than that of the file: 10min, 3h, 1d or month' },
  'gap-limit': {
    value: 'N',
    help: 'most steps that a hole may have to be filled; a longer one splits the series',
  },
  derive: {
    value: 'A,B',
    help: 'inputs made from others: dew-point, pressure-tendency, daily-range, wind-u/v',
    multiple: true,
  },
  latitude: {
    value: 'N',
    help: 'with --longitude, where the station stands, in degrees: the sun is then among the inputs, computed for the time that is forecast (its height or the length of the day, and the radiation of a clear sky)',
  },
  longitude: { value: 'E', help: 'degrees east; west is negative: --longitude=-74' },
  'utc-offset': {
    value: 'H',
    help: 'hours that the clock of the readings is ahead of UTC, for the sun; by the zone or, where none is told, by the longitude if left out',
  },
  unit: {
    value: 'COL=UNIT',
    help: 'the unit in which a column is used and forecast: outTemp=°C (may be given again)',
    multiple: true,
  },
  strike: {
    value: 'COL=FROM..TO',
    help: 'readings of a column that count as missing: outTemp=2021-03-04T06:00..2021-03-05 (may be given again)',
    multiple: true,
  },
  keep: {
    value: 'COL[=FROM..TO]',
    help: 'readings of a column, or all of them, that count whatever they look like: neither those out of range nor spikes and stuck runs of them are missing (may be given again)',
    multiple: true,
  },
};

const SECONDS: Readonly<Record<string, number>> = { s: 1, min: 60, h: 3600, d: 86_400 };

/** @throws UsageError */
export function parseAxis(
  args: Arguments,
): Pick<NamedColumns, 'stepSeconds' | 'gapLimit' | 'derived' | 'units' | 'struck' | 'kept'> {
  const [step, limit] = [args.text('step'), args.text('gap-limit')];
  return {
    ...(step === undefined ? {} : { stepSeconds: parseStep(step) }),
    ...(limit === undefined ? {} : { gapLimit: parseLimit(limit) }),
    derived: args.all('derive').flatMap((names) => names.split(',').map(parseDerived)),
    units: Object.fromEntries(args.all('unit').map(parseUnit)),
    struck: args.all('strike').map((text) => parseSpan('strike', text)),
    kept: args.all('keep').map((text) => (/=[^=]*\d/.test(text) ? parseSpan('keep', text) : [text, ALWAYS])),
  };
}

/** The option of each part of the place that is given. */
const OPTION_OF_SUN: Readonly<Record<string, string>> = {
  latitude: 'latitude',
  longitude: 'longitude',
  utcOffset: 'utc-offset',
};

/**
 * The sun at the place that is told; null: none is.
 * @param zone of the file, where it tells one. @param ahead steps that are forecast
 * @throws UsageError
 */
export function parseSun(args: Arguments, zone: string | null, ahead: number): Sun | null {
  const [latitude, longitude, offset] = ['latitude', 'longitude', 'utc-offset'].map((name) =>
    args.text(name),
  );
  if (latitude === undefined && longitude === undefined && offset === undefined) return null;
  if (latitude === undefined || longitude === undefined) {
    throw new UsageError('--latitude and --longitude are given together');
  }
  const sun = {
    latitude: numberOf(latitude),
    longitude: numberOf(longitude),
    utcOffset: offset === undefined ? clockAhead(zone, numberOf(longitude)) : numberOf(offset),
    ahead,
  };
  const issues = sunSchema.safeParse(sun).error?.issues ?? [];
  const [first] = issues;
  if (first === undefined) return sun;
  const option = OPTION_OF_SUN[String(first.path[0])] ?? '';
  throw misfit(`--${option} ${args.text(option) ?? ''}`, issues);
}

const numberOf = (text: string): number => (text.trim() === '' ? NaN : Number(text));

function parseStep(text: string): number {
  if (text === 'month') return MONTH_SECONDS;
  const [, count = '', unit = ''] = /^(\d{1,6})(s|min|h|d)$/.exec(text) ?? [];
  const seconds = Number(count) * (SECONDS[unit] ?? 0);
  if (!(seconds > 0)) throw new UsageError(`--step ${text}: give it as 10min, 3h, 1d or month`);
  return seconds;
}

function parseLimit(text: string): number {
  if (!/^\d{1,6}$/.test(text)) throw new UsageError(`--gap-limit ${text}: give a number of steps`);
  return Number(text);
}

function parseDerived(text: string): DerivedInput {
  const found = DERIVED_INPUTS.find((derived) => derived.replace(' ', '-') === text.trim().replace(' ', '-'));
  if (found !== undefined) return found;
  const known = DERIVED_INPUTS.map((derived) => derived.replace(' ', '-')).join(', ');
  throw new UsageError(`--derive ${text}: choose from ${known}`);
}

function parseUnit(text: string): [column: string, unit: string] {
  const at = text.lastIndexOf('=');
  if (at < 1) throw new UsageError(`--unit ${text}: give it as COLUMN=UNIT`);
  return [text.slice(0, at), text.slice(at + 1)];
}

/** All instants that there are. */
const ALWAYS: Span = { from: -8.64e15, to: 8.64e15 };

function parseSpan(option: string, text: string): readonly [column: string, span: Span] {
  const at = text.lastIndexOf('=');
  const [first = '', last = first, ...rest] = text.slice(at + 1).split('..');
  if (at < 1 || rest.length > 0) throw new UsageError(`--${option} ${text}: give it as COLUMN=FROM..TO`);
  const given = `--${option} ${text}`;
  const span = { from: parseInstant(given, first, 'first'), to: parseInstant(given, last, 'last') };
  if (span.from > span.to) throw new UsageError(`${given}: its end lies before its beginning`);
  return [text.slice(0, at), span];
}
