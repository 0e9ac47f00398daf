import { phrase, type Phrase, type SimplePhraseCode } from '../../contract/phrases';
import { looksLikeDate, parseClock } from '../time/dates';
import type { Layout } from './layout';

/** A file without names whose columns are known by their order. */
export interface KnownOrder {
  readonly id: string;
  readonly label: Phrase;
  readonly reason: Phrase;
  readonly names: readonly string[];
}

/** Cumulus MX, monthly log: fields 0 to 28 in the order that its help documents; the last ones came with versions. */
const CUMULUS_MONTHLY =
  'Date,Time,Outside temperature,Outside humidity,Dew point,Wind speed,Wind gust recent,Wind bearing average,Rain rate,' +
  'Rain today,Sea level pressure,Rain counter,Indoor temperature,Indoor humidity,Wind gust latest,Wind chill,' +
  'Heat index,UV index,Solar radiation,Evapotranspiration,Evapotranspiration this year,Apparent temperature,' +
  'Theoretical largest solar radiation,Sunshine today,Wind bearing,Rain RG-11,Rain since midnight,Feels like,Humidex';

/** As of Cumulus MX 4: date and time in one field, and the same in Unix seconds. */
const CUMULUS_MONTHLY_4 = CUMULUS_MONTHLY.replace('Date,Time', 'Date,Epoch');

/** ISD-lite (NOAA), in tenths; its format document gives the order. */
const ISD_LITE =
  'Year,Month,Day,Hour,Temperature (0.1 °C),Dew point (0.1 °C),Sea level pressure (0.1 hPa),Wind direction (°),' +
  'Wind speed (0.1 m/s),Sky condition code,Rain of 1 hour (0.1 mm),Rain of 6 hours (0.1 mm)';

/** Meteostat's bulk files. */
const METEOSTAT_HOURLY = 'date,hour,temp,dwpt,rhum,prcp,snow,wdir,wspd,wpgt,pres,tsun,coco';
const METEOSTAT_DAILY = 'date,tavg,tmin,tmax,prcp,snow,wdir,wspd,wpgt,pres,tsun';

/** Cumulus MX, dayfile.txt: one line a day, extremes each with their time of day. */
const CUMULUS_DAY =
  'Date,Highest wind gust,Bearing of highest gust,Time of highest gust,Lowest temperature,Time of lowest temperature,' +
  'Highest temperature,Time of highest temperature,Lowest pressure,Time of lowest pressure,Highest pressure,' +
  'Time of highest pressure,Highest rain rate,Time of highest rain rate,Rain,Average temperature,Wind run,' +
  'Highest wind speed,Time of highest wind speed,Lowest humidity,Time of lowest humidity,Highest humidity,' +
  'Time of highest humidity,Evapotranspiration,Sunshine,Highest heat index,Time of highest heat index,' +
  'Highest apparent temperature,Time of highest apparent temperature,Lowest apparent temperature,' +
  'Time of lowest apparent temperature,Highest hourly rain,Time of highest hourly rain,Lowest wind chill,' +
  'Time of lowest wind chill,Highest dew point,Time of highest dew point,Lowest dew point,Time of lowest dew point,' +
  'Dominant wind bearing,Heating degree days,Cooling degree days,Highest solar radiation,' +
  'Time of highest solar radiation,Highest UV index,Time of highest UV index,Highest feels like,' +
  'Time of highest feels like,Lowest feels like,Time of lowest feels like,Highest humidex,Time of highest humidex,' +
  'Chill hours,Highest 24 hour rain,Time of highest 24 hour rain';

/** EnergyPlus weather files, fields N1 to N35 of the auxiliary programs' guide. */
const EPW =
  'Year,Month,Day,Hour,Minute,Flags,Dry bulb temperature (°C),Dew point temperature (°C),Relative humidity (%),' +
  'Atmospheric station pressure (Pa),Extraterrestrial horizontal radiation (Wh/m2),Extraterrestrial direct normal ' +
  'radiation (Wh/m2),Horizontal infrared radiation (Wh/m2),Global horizontal radiation (Wh/m2),Direct normal radiation ' +
  '(Wh/m2),Diffuse horizontal radiation (Wh/m2),Global horizontal illuminance (lux),Direct normal illuminance (lux),' +
  'Diffuse horizontal illuminance (lux),Zenith luminance (cd/m2),Wind direction (°),Wind speed (m/s),Total sky cover ' +
  '(tenths),Opaque sky cover (tenths),Visibility (km),Ceiling height (m),Present weather observation,Present weather ' +
  'codes,Precipitable water (mm),Aerosol optical depth,Snow depth (cm),Days since last snow,Albedo,Liquid ' +
  'precipitation depth (mm),Liquid precipitation quantity (h)';

/** Daily central England temperature (Met Office Hadley Centre): a row a day of the month, in tenths of a degree. */
const HADCET_MONTHS = 'Jan,Feb,Mar,Apr,May,Jun,Jul,Aug,Sep,Oct,Nov,Dec'.split(',');
const HADCET = ['Year', 'Day', ...HADCET_MONTHS.map((month) => `${month} (0.1 °C)`)].join();
const HADCET_SINCE = 1772;
const HADCET_MISSING = '-999';
/** The places of the months that lack the 31st, and of February. */
const SHORT_MONTHS = [3, 5, 7, 10, 12];
const FEBRUARY = 3;

function isHadcet(cells: Cells): boolean {
  const [year = '', day = '', ...values] = cells;
  if (cells.length !== 14 || Number(year) < HADCET_SINCE || !/^\d{4}$/.test(year)) return false;
  if (!/^\d{1,2}$/.test(day) || !values.every((value) => /^-?\d{1,3}$/.test(value))) return false;
  const lacking = Number(day) === 31 ? SHORT_MONTHS : Number(day) === 30 ? [FEBRUARY] : [];
  return lacking.every((place) => cells[place] === HADCET_MISSING);
}

const GHCN_ROWS = 'Station,Date,Element,Value,Measurement flag,Quality flag,Source flag,Observation time';

type Cells = readonly string[];
const isShortDate = (text = ''): boolean => /^\d{2}[-/.]\d{2}[-/.]\d{2}$/.test(text) || looksLikeDate(text);
const isClock = (text = ''): boolean => !Number.isNaN(parseClock(text.replace('.', ':')));
const isUnix = (text = ''): boolean => /^\d{9,10}$/.test(text);
const isIsoDay = (text = ''): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text);
const isNumberOrEmpty = (text = ''): boolean => text === '' || isNumber(text);
const isNumber = (text = ''): boolean => /^[+-]?(?:\d+(?:[.,]\d+)?|[.,]\d+)$/.test(text);

interface Order {
  readonly id: string;
  readonly label: SimplePhraseCode;
  readonly names: string;
  readonly least: number;
  fits(cells: Cells): boolean;
}

const ORDERS: readonly Order[] = [
  {
    id: 'cumulus-monthly',
    label: 'format-cumulus-monthly',
    names: CUMULUS_MONTHLY,
    least: 14,
    fits: (cells) => isShortDate(cells[0]) && isClock(cells[1]) && cells.slice(2, 14).every(isNumber),
  },
  {
    id: 'cumulus-monthly',
    label: 'format-cumulus-monthly',
    names: CUMULUS_MONTHLY_4,
    least: 14,
    fits: (cells) => looksLikeDate(cells[0] ?? '') && isUnix(cells[1]) && cells.slice(2, 14).every(isNumber),
  },
  {
    id: 'isd-lite',
    label: 'format-isd-lite',
    names: ISD_LITE,
    least: 12,
    fits: (cells) =>
      cells.length === 12 &&
      /^\d{4}$/.test(cells[0] ?? '') &&
      cells.every((cell) => /^-?\d{1,5}$/.test(cell)),
  },
  {
    id: 'meteostat-hourly',
    label: 'format-meteostat-hourly',
    names: METEOSTAT_HOURLY,
    least: 13,
    fits: (cells) => cells.length === 13 && isIsoDay(cells[0]) && /^\d{1,2}$/.test(cells[1] ?? ''),
  },
  {
    id: 'meteostat-daily',
    label: 'format-meteostat-daily',
    names: METEOSTAT_DAILY,
    least: 11,
    fits: (cells) => cells.length === 11 && isIsoDay(cells[0]) && cells.slice(1).every(isNumberOrEmpty),
  },
  {
    id: 'cumulus-day',
    label: 'format-cumulus-day',
    names: CUMULUS_DAY,
    least: 15,
    fits: (cells) => isShortDate(cells[0]) && [3, 5, 7, 9, 11].every((at) => isClock(cells[at])),
  },
  {
    id: 'hadcet-daily',
    label: 'format-hadcet-daily',
    names: HADCET,
    least: 14,
    fits: isHadcet,
  },
  {
    id: 'epw',
    label: 'format-epw',
    names: EPW,
    least: 30,
    fits: (cells) =>
      /^\d{4}$/.test(cells[0] ?? '') &&
      /^\d{1,2}$/.test(cells[4] ?? '') &&
      /^[?A-F0-9*_]{20,}$/i.test(cells[5] ?? ''),
  },
  {
    id: 'ghcn-rows',
    label: 'format-ghcn-rows',
    names: GHCN_ROWS,
    least: 4,
    fits: (cells) =>
      /^[A-Z]{2}[A-Z0-9_-]{9}$/.test(cells[0] ?? '') &&
      /^\d{8}$/.test(cells[1] ?? '') &&
      /^[A-Z][A-Z0-9]{3}$/.test(cells[2] ?? ''),
  },
];

/** The names of the columns of a known file without a header; null for any other. */
export function namesWithoutHeader({ sample, names }: Layout): KnownOrder | null {
  const rows = sample.slice(0, 100);
  for (const order of ORDERS) {
    const fitting = rows.filter(({ cells }) => cells.length >= order.least && order.fits(cells)).length;
    if (fitting === 0 || fitting < 0.9 * rows.length) continue;
    const known = order.names.split(',');
    return {
      id: order.id,
      label: phrase(order.label),
      reason: phrase('known-order'),
      names: names.map((_, index) => known[index] ?? ''),
    };
  }
  return null;
}
