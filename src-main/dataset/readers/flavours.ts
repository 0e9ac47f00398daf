import type { Layout } from './layout';

/** A program or a service by whose hand a text was written, for people: it is read like any other. */
export interface Flavour {
  readonly id: string;
  readonly label: string;
  readonly reason: string;
}

/** A longer name is none that a program writes. */
const LONGEST_NAME = 200;

interface Rule extends Flavour {
  fits(names: string, layout: Layout, text: string): boolean;
}

/** Consoles name what is outdoors, as they measure indoors too. */
const CONSOLE_NAMES =
  /outdoor|temperatur au|außentemp|실외|feels like|gefühlt|체감|temp[^|]{0,40} ext[eé]r|室外|体感/;

/** By what each writes and nobody else; `names` are all names, in lower case, between bars. */
const RULES: readonly Rule[] = [
  {
    id: 'kma',
    label: 'KMA (Korea Meteorological Administration)',
    reason: 'its columns are those of the KMA portal',
    fits: (names) =>
      /(^|\|)(일시|날짜)\|/.test(names) && /(^|\|)(지점|평균기온|기온|최고기온|강수량)/.test(names),
  },
  {
    id: 'open-meteo',
    label: 'Open-Meteo',
    reason: 'its names are those of Open-Meteo',
    fits: (names, _, text) =>
      /^(location_id\|)?time\|.*_(\d+m|sum|mean|max|min)\b/.test(names) ||
      /^\s*(location_id,)?latitude,longitude,elevation/i.test(text),
  },
  {
    id: 'weatherlink-text',
    label: 'Davis WeatherLink',
    reason: 'its names stand in two lines, as WeatherLink writes them',
    fits: (names) => /^date\|time\|/.test(names) && /temp out|dew pt\.?|thw index|arc\. int\./.test(names),
  },
  {
    id: 'weatherlink-com',
    label: 'weatherlink.com',
    reason: 'names with units behind a dash, as weatherlink.com writes them',
    fits: (names) => /^date & time\|/.test(names),
  },
  {
    id: 'weather-underground',
    label: 'Weather Underground',
    reason: 'its names are those of Weather Underground',
    fits: (names) =>
      /^time\|temperature[fc]\|dewpoint[fc]\|/.test(names) ||
      /\|softwaretype\|dateutc|^[a-z]{3,4}\|max temperature[fc]\|mean temp/.test(names),
  },
  {
    id: 'met-office',
    label: 'Met Office historic station data',
    reason: 'its columns are yyyy, mm, tmax, tmin, af, rain and sun',
    fits: (names) => names.startsWith('yyyy|mm|tmax|tmin'),
  },
  {
    id: 'environment-canada',
    label: 'Environment Canada',
    reason: 'its columns are those of Environment Canada',
    fits: (names) => /climate id\|/.test(names) || /temp \(.?c\)\|(max |min |mean )?temp flag/.test(names),
  },
  {
    id: 'ghcn-columns',
    label: 'GHCN-Daily (NOAA)',
    reason: 'its columns are the elements of GHCN-Daily',
    fits: (names) =>
      /(^|\|)(station|id)\|/.test(names) &&
      /\|(prcp|tmax|tmin|tavg)\|/.test(names) &&
      !/\|dewp\|/.test(names),
  },
  {
    id: 'gsod',
    label: 'Global Summary of the Day (NOAA)',
    reason: 'its columns are those of the Global Summary of the Day',
    fits: (names) => /(^|\|)station\|/.test(names) && /\|dewp\|/.test(names) && /\|frshtt/.test(names),
  },
  {
    id: 'dwd',
    label: 'DWD Climate Data Center',
    reason: 'its columns are those of the German Weather Service',
    fits: (names) => /(^|\|)mess_datum/.test(names),
  },
  {
    id: 'jena',
    label: 'Jena climate (Max Planck Institute)',
    reason: 'its columns are those of the Jena weather station',
    fits: (names) => /^date time\|p \(mbar\)\|t \(degc\)/.test(names),
  },
  {
    id: 'console',
    label: 'Console export (Ecowitt, Ambient, Froggit)',
    reason: 'its columns are those of a console',
    fits: (names) =>
      /^(no\.\|)?(time|date|zeit|datum|시간|일시|heure|fecha|時刻)[^|]*\|/.test(names) &&
      CONSOLE_NAMES.test(names),
  },
  {
    id: 'ndbc',
    label: 'NDBC buoy',
    reason: 'its columns are those of the National Data Buoy Center',
    fits: (names) => /^yy\|mm\|dd\|hh\|/.test(names),
  },
];

export function flavourOf(layout: Layout, text: string): Flavour | null {
  const names = layout.names.map((name) => name.slice(0, LONGEST_NAME).toLowerCase()).join('|');
  const rule = RULES.find((each) => each.fits(names, layout, text));
  return rule === undefined ? null : { id: rule.id, label: rule.label, reason: rule.reason };
}
