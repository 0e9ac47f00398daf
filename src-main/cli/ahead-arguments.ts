import type { NamedColumns, NamedForecasts } from '../dataset';
import { UsageError, type Arguments, type Options } from './arguments';

/** What is known ahead: forecasts of a weather service; and the stations whose readings stand in one file. */
export const AHEAD_OPTIONS: Options = {
  'issued-ahead': {
    value: 'PATTERN[=K]',
    help: "columns of forecasts, each in the row of its issue, for K steps later (1 if left out): 'LDAPS_*' (may be given again)",
    multiple: true,
  },
  'known-ahead': {
    value: 'PATTERN[=N]',
    help: "columns of forecasts, each in the row of its valid time, known N steps before (1, or as many days as '..._previous_day2' tells)",
    multiple: true,
  },
  service: {
    value: 'COL',
    help: "the one of them that is the weather service's forecast of the target, whose errors are learned (given again: for further lead times)",
    multiple: true,
  },
  station: {
    value: 'COL',
    help: 'the column that tells stations apart: one model of all of them, never a window across two',
  },
};

/** @throws UsageError */
export function parseAhead(
  args: Arguments,
  horizon: number,
): Pick<NamedColumns, 'knownAhead' | 'service' | 'station'> {
  const [service, station] = [args.all('service'), args.text('station')];
  return {
    knownAhead: [
      ...args.all('issued-ahead').map((text) => parseForecasts('issued-ahead', text, 'issue', horizon)),
      ...args.all('known-ahead').map((text) => parseForecasts('known-ahead', text, 'valid', horizon)),
    ],
    ...(service.length === 0 ? {} : { service }),
    ...(station === undefined ? {} : { station }),
  };
}

function parseForecasts(
  option: string,
  text: string,
  row: NamedForecasts['row'],
  most: number,
): NamedForecasts {
  const [, pattern = '', count] = /^(.*?)(?:=(\d{1,3}))?$/.exec(text) ?? [];
  if (pattern === '' || count === '0') {
    throw new UsageError(`--${option} ${text}: give it as PATTERN or PATTERN=STEPS, of 1 step or more`);
  }
  return { pattern, row, most, ...(count === undefined ? {} : { steps: Number(count) }) };
}
