import type { KnownAhead } from '../../contract/dataset';
import { partsOfName } from './column-names';

/** What the name of a column says of the forecasts in it. */
export interface ForecastName {
  /** The name without it: 'temperature_2m' of 'temperature_2m_previous_day1'. */
  readonly base: string;
  readonly row: Exclude<KnownAhead['row'], 'run'>;
  /** From issue to valid time: in hours, or in steps of the table; the other is null. */
  readonly hours: number | null;
  readonly steps: number | null;
}

/** Open-Meteo's previous runs: what was forecast so many days before. */
const PREVIOUS_DAY = /^(.+)_previous_day(\d{1,2})$/i;
/** 'temp_lead6', 'temp lead 24h' */
const LEAD = /^(.+?)[ _.-]?lead[ _.-]?(?:time)?[ _.-]?(\d{1,3}) ?(h|hours?)?$/i;
/** 'T f+06', 'temp_f006', 'wind +24h' */
const AHEAD_HOURS = /^(.*?)[ _.-]?(?:f ?\+ ?0*(\d{1,3})h?|f(\d{3})|\+ ?0*(\d{1,3}) ?h(?:ours?)?)$/i;
const NEXT = /^next[ _](.+)$|^(.+)[ _]next$/i;

/** Null where the name tells of no forecast. */
export function forecastOfName(name: string): ForecastName | null {
  const label = partsOfName(name).label.trim();
  const previous = PREVIOUS_DAY.exec(label);
  if (previous !== null && previous[2] !== '0') {
    return { base: previous[1]!, row: 'valid', hours: 24 * Number(previous[2]), steps: null };
  }
  const lead = LEAD.exec(label);
  if (lead !== null && Number(lead[2]) > 0) return ofIssue(lead[1]!, Number(lead[2]), lead[3] !== undefined);
  const ahead = AHEAD_HOURS.exec(label);
  const hours = Number(ahead?.[2] ?? ahead?.[3] ?? ahead?.[4] ?? 0);
  if (ahead !== null && hours > 0) return ofIssue(ahead[1]!, hours, true);
  const next = NEXT.exec(label);
  return next === null ? null : ofIssue(next[1] ?? next[2]!, 1, false);
}

const ofIssue = (base: string, count: number, areHours: boolean): ForecastName => ({
  base,
  row: 'issue',
  hours: areHours ? count : null,
  steps: areHours ? null : count,
});

/** How far ahead in steps of the table; at least one. */
export const stepsOfForecast = ({ hours, steps }: ForecastName, stepSeconds: number): number =>
  steps ?? Math.max(1, Math.round(((hours ?? 0) * 3600) / stepSeconds));

/** 'issue', 'init_time', 'runtime', 'forecast_reference_time', '발표일시': when a forecast was made. */
const ISSUE =
  /^(?:issue[ds]?|init(?:ial(?:i[sz]ation|i[sz]ed)?)?|run|model[ _]?run|reference|forecast[ _]reference|analysis|base|cycle|발표|생산|tmfc|ausgabe)[ _]?(?:at|on|date|time|datetime|zeit|일시|시각|시간)?(?:[ _]?utc)?$/i;
/** 'valid', 'valid_time', 'ftime', 'forecast_time', '예보일시' */
const VALID =
  /^(?:valid(?:ity)?|forecast|target|예보|대상|tmef|f|fcst|gültig|vorhersage)[ _]?(?:at|for|date|time|datetime|zeit|일시|시각|시간)?(?:[ _]?utc)?$/i;
const LEAD_TIME =
  /^(?:lead(?:[ _]?times?)?|forecast[ _]?hours?|fhr|fhour|fxx|step|tau|horizon|선행[ _]?시간|예보[ _]?시간수)(?:[ _](?:h|hr|hrs|hours?|m|min|minutes?|d|days?))?$/i;

export const isIssueName = (name: string): boolean => ISSUE.test(partsOfName(name).label.trim());
export const isValidName = (name: string): boolean => VALID.test(partsOfName(name).label.trim());
export const isLeadName = (name: string): boolean => LEAD_TIME.test(partsOfName(name).label.trim());

/** Whether a lead time of that name can be nothing else; 'step' and 'horizon' may number other things. */
export const isSurelyLead = (name: string): boolean =>
  isLeadName(name) && !/^(?:step|tau|horizon)/i.test(name.trim());

/** Milliseconds of one of a column of lead times: hours unless its name says otherwise. */
export function leadUnit(name: string): number {
  const { label, unit } = partsOfName(name);
  const told = unit !== '' ? unit : (/[ _](h|hr|hrs|hours?|m|min|minutes?|d|days?)$/i.exec(label)?.[1] ?? '');
  if (/^d/i.test(told)) return 86_400_000;
  return /^m/i.test(told) ? 60_000 : 3_600_000;
}

/** A file that is called a forecast: it holds one run, where nothing in it tells of several. */
export const isForecastFileName = (name: string): boolean =>
  /forecast|vorhersage|예보|prevision|prognos|prognoz|\bnwp\b|\bgfs\b|\bicon\b|\becmwf\b/i.test(name);
