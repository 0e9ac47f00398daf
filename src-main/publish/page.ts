import { formatWithUnit } from '../contract/format';
import type { Language } from '../contract/language';
import type { Grade } from '../contract/watch';
import { SHARED_WORDS } from '../contract/words';
import { escapeXml, forecastToSvg } from '../drawing';
import { formatInstant } from '../series';
import type { Publication } from './publication';
import { PAGE_WORDS } from './words';

/** As wide as a phone can show with its letters legible. */
const PICTURE = { width: 480, height: 300 };
const COLOURS = {
  observed: 'var(--hindcast-text)',
  forecast: 'var(--hindcast-accent)',
  grid: 'var(--hindcast-line)',
  text: 'var(--hindcast-text)',
  paper: 'var(--hindcast-surface)',
};

/** Each colour is defined once; both themes keep a contrast of 4.5 to 1 for letters. */
const STYLE = `
.hindcast { --hindcast-text: #22282e; --hindcast-soft: #56606a; --hindcast-accent: #0068a8; --hindcast-line: #dfe3e6;
  --hindcast-surface: #ffffff; --hindcast-warn: #8a3d00; color: var(--hindcast-text); background: var(--hindcast-surface);
  font: 16px/1.5 system-ui, sans-serif; max-width: 44rem; margin: 0 auto; padding: 1rem; box-sizing: border-box }
@media (prefers-color-scheme: dark) { .hindcast { --hindcast-text: #e6eaee; --hindcast-soft: #a9b3bd;
  --hindcast-accent: #6fb7ea; --hindcast-line: #3a434c; --hindcast-surface: #14181d; --hindcast-warn: #ffb27a } }
.hindcast h1 { font-size: 1.35rem; margin: 0 0 .25rem } .hindcast h2 { font-size: 1.05rem; margin: 1.5rem 0 .25rem }
.hindcast .now { font-size: 2.4rem; font-weight: 600; margin: .25rem 0 0 } .hindcast .soft { color: var(--hindcast-soft);
  margin: 0; font-size: .9rem } .hindcast .warn { color: var(--hindcast-warn); font-weight: 600 }
.hindcast svg { width: 100%; height: auto; display: block; margin-top: 1rem }
.hindcast .end { margin-top: 1rem } .hindcast .scroll { overflow-x: auto } .hindcast table { border-collapse: collapse; width: 100%;
  font-variant-numeric: tabular-nums } .hindcast th, .hindcast td { text-align: right; padding: .3rem .5rem;
  border-bottom: 1px solid var(--hindcast-line); white-space: nowrap } .hindcast th:first-child, .hindcast td:first-child {
  text-align: left; padding-left: 0 } .hindcast th { font-weight: 600; color: var(--hindcast-soft); font-size: .85rem }
`
  .trim()
  .replaceAll('\n', ' ');

/** A page of its own: it asks the network for nothing. */
export function publicationToPage(publication: Publication, language: Language): string {
  const title = escapeXml(PAGE_WORDS[language].title(publication.targetName));
  return [
    '<!doctype html>',
    `<html lang="${language}">`,
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    `<title>${title}</title>`,
    '<style>body { margin: 0 } @media (prefers-color-scheme: dark) { body { background: #14181d } }</style>',
    '</head>',
    `<body>${publicationToFragment(publication, language)}</body>`,
    '</html>',
    '',
  ].join('\n');
}

/** The same to be put within another page, as the skins of WeeWX include it. */
export function publicationToFragment(publication: Publication, language: Language): string {
  const { targetName, unit, current, issuedAt, madeAt } = publication;
  const words = PAGE_WORDS[language];
  const made = new Date(madeAt).toISOString().slice(0, 16).replace('T', ' ');
  const reading = current === null ? '–' : escapeXml(formatWithUnit(current, unit, 1, language));
  return [
    `<main class="hindcast" lang="${language}">`,
    `<style>${STYLE}</style>`,
    `<h1>${escapeXml(words.title(targetName))}</h1>`,
    `<p class="soft">${escapeXml(words.lastReading)}</p>`,
    `<p class="now">${reading}</p>`,
    `<p class="soft">${escapeXml(words.issued(timeOf(issuedAt), made))}</p>`,
    insteadOf(publication, language),
    withoutServiceOf(publication, language),
    pictureOf(publication, language),
    warningsOf(publication, language),
    tableOf(publication, language),
    scoreOf(publication, language),
    `<p class="soft end">${escapeXml(words.madeBy)}</p>`,
    '</main>',
  ].join('\n');
}

const timeOf = (time: number): string => formatInstant(time).replace('T', ' ');
const percent = (share: number): string => (Number.isFinite(share) ? `${Math.round(share * 100)} %` : '–');

function insteadOf({ method, grade }: Publication, language: Language): string {
  const words = PAGE_WORDS[language];
  if (method !== 'model') {
    return `<p class="warn">${escapeXml(words.instead(SHARED_WORDS[language].methods[method]))}</p>`;
  }
  const since = grade?.worseSince ?? null;
  return since === null ? '' : `<p class="warn">${escapeXml(words.worse(timeOf(since)))}</p>`;
}

const withoutServiceOf = ({ method, forecast }: Publication, language: Language): string =>
  method === 'model' && forecast.withoutService === true
    ? `<p class="warn">${escapeXml(SHARED_WORDS[language].withoutService)}</p>`
    : '';

function pictureOf({ forecast, targetName }: Publication, language: Language): string {
  const name = escapeXml(PAGE_WORDS[language].title(targetName));
  return forecastToSvg(forecast, { ...PICTURE, colours: COLOURS }, language).replace(
    '<svg ',
    `<svg role="img" aria-label="${name}" `,
  );
}

function warningsOf({ warnings }: Publication, language: Language): string {
  if (warnings.length === 0) return '';
  const lines = warnings.map(
    ({ text, probability }) => `<p class="warn">${escapeXml(text)} (${percent(probability)})</p>`,
  );
  return `<h2>${escapeXml(PAGE_WORDS[language].warnings)}</h2>${lines.join('')}`;
}

function tableOf({ points, unit, chanceOf }: Publication, language: Language): string {
  const words = PAGE_WORDS[language];
  const withUnit = (value: number): string =>
    Number.isFinite(value) ? formatWithUnit(value, unit, 1, language) : '–';
  const bare = (value: number): string => formatWithUnit(value, '', 1, language);
  const hasIntervals = points.some(({ intervals }) => intervals !== null);
  const head = [
    words.time,
    words.value,
    ...(hasIntervals ? ['80 %'] : []),
    ...(chanceOf === null ? [] : [words.chance(formatWithUnit(chanceOf, unit, 1, language))]),
  ];
  const rows = points.map(({ time, value, intervals, chance }) => [
    timeOf(time),
    withUnit(value),
    ...(hasIntervals
      ? [intervals === null ? '–' : `${bare(intervals[80].low)} – ${bare(intervals[80].high)}`]
      : []),
    ...(chanceOf === null ? [] : [chance === null ? '–' : percent(chance)]),
  ]);
  return htmlTable(head, rows);
}

function scoreOf({ grade }: Publication, language: Language): string {
  const words = PAGE_WORDS[language];
  if (grade === null) return `<h2>${escapeXml(words.score(30))}</h2><p>${escapeXml(words.noScore)}</p>`;
  return [
    `<h2>${escapeXml(words.score(grade.days))}</h2>`,
    `<p class="soft">${escapeXml(words.rmseHelp)} ${escapeXml(words.compared(grade.points, percent(grade.within)))}</p>`,
    htmlTable(['', 'RMSE'], scoreRows(grade, language)),
  ].join('\n');
}

function scoreRows({ rmse, best, unit }: Grade, language: Language): string[][] {
  const { methods } = SHARED_WORDS[language];
  const isOwn = best !== 'persistence' && best !== 'climatology';
  const rows: (readonly [string, number])[] = [
    ['Hindcast', rmse.model],
    [methods.persistence, rmse.persistence],
    [methods.climatology, rmse.climatology],
    ...(isOwn ? [[methods[best], rmse.best] as const] : []),
  ];
  return rows.map(([name, value]) => [name, formatWithUnit(value, unit, 2, language)]);
}

function htmlTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = (row: readonly string[], tag: 'td' | 'th'): string =>
    row.map((cell) => `<${tag}${tag === 'th' ? ' scope="col"' : ''}>${escapeXml(cell)}</${tag}>`).join('');
  return [
    '<div class="scroll" tabindex="0"><table>',
    `<thead><tr>${cells(head, 'th')}</tr></thead>`,
    `<tbody>${rows.map((row) => `<tr>${cells(row, 'td')}</tr>`).join('\n')}</tbody>`,
    '</table></div>',
  ].join('\n');
}
