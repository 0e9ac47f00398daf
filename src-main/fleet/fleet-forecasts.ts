import type { FleetStation } from '../contract/fleet';
import type { Forecast } from '../contract/results';
import { csvText, formatTime } from '../forecaster/csv';

export interface StationForecast {
  readonly station: FleetStation;
  readonly forecast: Forecast;
}

const HEADER = 'station,issued,time,lead,target,unit,value,low_95,high_95';
/** A hundredth of a degree is beyond what any forecast knows. */
const DECIMALS = 2;

/** The forecasts of all stations as one table, a line for each lead time; times by each station's clock. */
export function forecastsToCsv(forecasts: readonly StationForecast[]): string {
  const number = (value: number | undefined): string =>
    value !== undefined && Number.isFinite(value) ? value.toFixed(DECIMALS) : '';
  const lines = forecasts.flatMap(({ station, forecast }) =>
    forecast.points.map(({ time, lead, value }, index) => {
      const ends = forecast.intervals?.byLead[index]?.[95];
      return [
        csvText(station.name),
        formatTime(forecast.issuedAt),
        formatTime(time),
        String(lead),
        csvText(forecast.targetName),
        csvText(forecast.unit),
        number(value),
        number(ends?.low),
        number(ends?.high),
      ].join(',');
    }),
  );
  return [HEADER, ...lines].map((line) => `${line}\r\n`).join('');
}
