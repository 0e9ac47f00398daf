import { phrase, type Phrase, type SimplePhraseCode } from '../../contract/phrases';
import type { Layout } from './layout';

/** A program or a service by whose hand a text was written, for people: it is read like any other. */
export interface Flavour {
  readonly id: string;
  readonly label: Phrase;
  readonly reason: Phrase;
}

/** A longer name is none that a program writes. */
const LONGEST_NAME = 200;

interface Rule {
  readonly id: string;
  readonly label: SimplePhraseCode;
  readonly reason: SimplePhraseCode;
  fits(names: string, layout: Layout, text: string): boolean;
}

/** Consoles name what is outdoors, as they measure indoors too. */
const CONSOLE_NAMES =
  /outdoor|temperatur au|außentemp|실외|feels like|gefühlt|체감|temp[^|]{0,40} ext[eé]r|室外|体感/;

/** By what each writes and no other program does; `names` are all names, in lower case, between bars. */
const RULES: readonly Rule[] = [
  {
    id: 'kma',
    label: 'format-kma',
    reason: 'by-kma',
    fits: (names) =>
      /(^|\|)(일시|날짜)\|/.test(names) && /(^|\|)(지점|평균기온|기온|최고기온|강수량)/.test(names),
  },
  {
    id: 'open-meteo',
    label: 'format-open-meteo',
    reason: 'by-open-meteo',
    fits: (names, _, text) =>
      /^(location_id\|)?time\|.*_(\d+m|sum|mean|max|min)\b/.test(names) ||
      /^\s*(location_id,)?latitude,longitude,elevation/i.test(text),
  },
  {
    id: 'weatherlink-text',
    label: 'format-weatherlink-text',
    reason: 'by-weatherlink-text',
    fits: (names) => /^date\|time\|/.test(names) && /temp out|dew pt\.?|thw index|arc\. int\./.test(names),
  },
  {
    id: 'weatherlink-com',
    label: 'format-weatherlink-com',
    reason: 'by-weatherlink-com',
    fits: (names) => /^date & time\|/.test(names),
  },
  {
    id: 'weather-underground',
    label: 'format-weather-underground',
    reason: 'by-weather-underground',
    fits: (names) =>
      /^time\|temperature[fc]\|dewpoint[fc]\|/.test(names) ||
      /\|softwaretype\|dateutc|^[a-z]{3,4}\|max temperature[fc]\|mean temp/.test(names),
  },
  {
    id: 'met-office',
    label: 'format-met-office',
    reason: 'by-met-office',
    fits: (names) => names.startsWith('yyyy|mm|tmax|tmin'),
  },
  {
    id: 'environment-canada',
    label: 'format-environment-canada',
    reason: 'by-environment-canada',
    fits: (names) => /climate id\|/.test(names) || /temp \(.?c\)\|(max |min |mean )?temp flag/.test(names),
  },
  {
    id: 'ghcn-columns',
    label: 'format-ghcn-columns',
    reason: 'by-ghcn-columns',
    fits: (names) =>
      /(^|\|)(station|id)\|/.test(names) &&
      /\|(prcp|tmax|tmin|tavg)\|/.test(names) &&
      !/\|dewp\|/.test(names),
  },
  {
    id: 'gsod',
    label: 'format-gsod',
    reason: 'by-gsod',
    fits: (names) => /(^|\|)station\|/.test(names) && /\|dewp\|/.test(names) && /\|frshtt/.test(names),
  },
  {
    id: 'dwd',
    label: 'format-dwd',
    reason: 'by-dwd',
    fits: (names) => /(^|\|)mess_datum/.test(names),
  },
  {
    id: 'jena',
    label: 'format-jena',
    reason: 'by-jena',
    fits: (names) => /^date time\|p \(mbar\)\|t \(degc\)/.test(names),
  },
  {
    id: 'console',
    label: 'format-console',
    reason: 'by-console',
    fits: (names) =>
      /^(no\.\|)?(time|date|zeit|datum|시간|일시|heure|fecha|時刻)[^|]*\|/.test(names) &&
      CONSOLE_NAMES.test(names),
  },
  {
    id: 'ndbc',
    label: 'format-ndbc',
    reason: 'by-ndbc',
    fits: (names) => /^yy\|mm\|dd\|hh\|/.test(names),
  },
];

export function flavourOf(layout: Layout, text: string): Flavour | null {
  const names = layout.names.map((name) => name.slice(0, LONGEST_NAME).toLowerCase()).join('|');
  const rule = RULES.find((each) => each.fits(names, layout, text));
  return rule === undefined ? null : { id: rule.id, label: phrase(rule.label), reason: phrase(rule.reason) };
}
