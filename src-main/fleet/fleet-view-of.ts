import { basename } from 'node:path';
import type { FleetStation } from '../contract/fleet';
import type { FleetAsk, FleetFile, FleetRow, FleetView, ForecastOutcome } from '../contract/fleet-view';
import type { Language } from '../contract/language';
import { rankStations } from '../contract/leaderboard';
import type { Forecast } from '../contract/results';
import { fleetToHtml } from '../report';
import { tableOf } from './fleet-folder';
import { forecastsToCsv, type StationForecast } from './fleet-forecasts';
import type { FleetWish } from './plan-station';

export const rowOf = (station: FleetStation, known: Partial<FleetRow> = {}): FleetRow => ({
  station,
  outlook: null,
  result: null,
  forecast: null,
  ...known,
});

/** By this a fleet is known again: nothing else may have been asked of what was trained. */
export const wishText = ({ quantity, horizon, settings }: FleetAsk): string =>
  JSON.stringify({ quantity, horizon, settings });

export function wishOf({ quantity, horizon, settings }: FleetAsk): FleetWish {
  return {
    quantity,
    settingsFor: (suggested) => ({
      // The dates of the parts belong to the readings that they were chosen for.
      ...(settings === null ? suggested : { ...settings, testFrom: null, validationFrom: null }),
      ...(horizon === null ? {} : { horizon }),
    }),
  };
}

/** The name to show: that of the folder or the file, or of the first of several. */
export function nameOf(paths: readonly string[]): string {
  const [first = ''] = paths;
  const more = paths.length > 1 ? ` + ${paths.length - 1}` : '';
  return `${(basename(first) || first).slice(0, 150)}${more}`;
}

export function outcomeOf({ issuedAt, points, intervals, unit }: Forecast): ForecastOutcome {
  const valueAt = (index: number) => {
    const { time, value } = points[index]!;
    const ends = intervals?.byLead[index]?.[95];
    return { time, value, low: ends?.low ?? null, high: ends?.high ?? null };
  };
  return { kind: 'forecast', issuedAt, unit, first: valueAt(0), last: valueAt(points.length - 1) };
}

/** What is to be saved of a fleet. */
export function textOfFleet(
  file: FleetFile,
  { rows, shared }: FleetView,
  forecasts: readonly StationForecast[],
  language: Language,
): string {
  const leaderboard = rankStations(
    rows.flatMap(({ station, result }) => (result === null ? [] : [{ station, result }])),
  );
  switch (file) {
    case 'report':
      return fleetToHtml(leaderboard, shared, Date.now(), language);
    case 'table':
      return tableOf(leaderboard, shared);
    case 'forecasts':
      return forecastsToCsv(forecasts);
  }
}
