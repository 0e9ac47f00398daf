import { describeRemark, type Leaderboard, type RankedStation } from '../contract/fleet';
import { formatWithUnit } from '../contract/format';
import type { Language } from '../contract/language';
import type { SharedReport } from '../contract/shared-model';
import { problemText } from '../contract/say';
import type { Verdict } from '../contract/results';
import { SHARED_WORDS } from '../contract/words';
import { mapToSvg } from '../drawing';
import { formatUtc } from './facts';
import { heading, note, standalonePage } from './page';
import { sharedToHtml } from './shared-report';
import { cell } from './tables';
import { REPORT_WORDS } from './words';

/** As in the words above the leaderboard; distinguishable for the colour-blind (Okabe and Ito). */
const COLOURS: Readonly<Record<Verdict['kind'], string>> = {
  beats: '#009e73',
  level: '#56606b',
  loses: '#d55e00',
};

/**
 * A fleet on one page: how many stations beat their baselines, the leaderboard, a map where places are known, and why
 * others were not trained. The page stands alone, as a run's report does.
 * @param shared the shared model beside those of the stations; null: there is none
 * @param madeAt milliseconds since 1970
 */
export function fleetToHtml(
  leaderboard: Leaderboard,
  shared: SharedReport | null,
  madeAt: number,
  language: Language,
): string {
  const { ranked, failed, counts, falseDiscoveryRate } = leaderboard;
  const words = REPORT_WORDS[language].fleet;
  const title = words.title(ranked.length + failed.length);
  const percent = formatWithUnit(100 * falseDiscoveryRate, '%', 0, language);
  return standalonePage(language, {
    title,
    below: REPORT_WORDS[language].made(formatUtc(madeAt)),
    body: `${note(words.counts(counts), 'verdict')}
${note(words.rate(percent))}
${ranked.length === 0 ? '' : `<section>${heading(words.leaderboard)}${tableOf(ranked, language)}</section>`}
${mapOf(ranked, language)}
${shared === null ? '' : sharedToHtml(shared, language)}
${listOf(
  words.remarks,
  ranked.flatMap(({ station, result }) =>
    result.remarks.map((remark) => [station.name, describeRemark(remark, language)] as const),
  ),
)}
${listOf(
  words.failed,
  failed.map(({ station, result }) => [station.name, problemText(result.problem, language)] as const),
)}`,
  });
}

function tableOf(ranked: readonly RankedStation[], language: Language): string {
  const { columns, verdicts } = REPORT_WORDS[language].fleet;
  const { methods } = SHARED_WORDS[language];
  const share = (value: number | null): string =>
    value === null ? '–' : formatWithUnit(100 * value, '%', 1, language);
  const value = (number: number | null, unit: string): string =>
    number === null ? '–' : formatWithUnit(number, unit, 2, language);
  const rows = ranked.map(
    ({ station, result, verdict }) =>
      '<tr>' +
      cell(station.name, 'th', ' scope="row"') +
      cell(result.target) +
      cell(value(result.rmse, result.unit)) +
      cell(`${methods[result.best]} ${value(result.bestRmse, result.unit)}`) +
      cell(share(result.skill)) +
      cell(share(result.skillOverBest.value)) +
      cell(share(result.coverage)) +
      cell(verdicts[verdict]) +
      '</tr>',
  );
  const head = Object.values(columns).map((name) => cell(name, 'th', ' scope="col"'));
  return `<table class="scores"><thead><tr>${head.join('')}</tr></thead><tbody>${rows.join('')}</tbody></table>`;
}

/** Nothing where no place is known. */
function mapOf(ranked: readonly RankedStation[], language: Language): string {
  const { map } = REPORT_WORDS[language].fleet;
  const points = ranked.flatMap(({ station: { name, place }, verdict }) =>
    place === null ? [] : [{ ...place, name, colour: COLOURS[verdict] }],
  );
  return points.length === 0 ? '' : `<section>${heading(map)}${mapToSvg(points, map)}</section>`;
}

function listOf(title: string, lines: readonly (readonly [name: string, sentence: string])[]): string {
  if (lines.length === 0) return '';
  const rows = lines.map(
    ([name, sentence]) => `<tr>${cell(name, 'th', ' scope="row"')}${cell(sentence)}</tr>`,
  );
  return `<section>${heading(title)}<table class="facts"><tbody>${rows.join('')}</tbody></table></section>`;
}
