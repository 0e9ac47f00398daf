import { describeCombination } from '../contract/combination';
import { describeCoverage } from '../contract/intervals';
import type { Language } from '../contract/language';
import { describeEvent, type EventVerification } from '../contract/probability';
import type { Forecast } from '../contract/results';
import { describeForetelling, describeSeeds, describeService, describeVerdict } from '../contract/verdict';
import { SHARED_WORDS } from '../contract/words';
import { describeZambretti } from '../contract/zambretti';
import { escapeXml, forecastToSvg, hindcastToSvg } from '../drawing';
import { formatInstant } from '../series';
import type { ReportContent } from './content';
import { dataFacts, formatUtc, modelFacts, type Fact } from './facts';
import { heading, note, standalonePage } from './page';
import { cell, forecastTable, modelName, scoreTable, warningTable } from './tables';
import { REPORT_WORDS } from './words';

/**
 * A run on one printable page: data, model, verdict, scores, what was forecast on the held-back part, and the forecast.
 * The page stands alone: no script, nothing fetched; every text from a file or a person is escaped.
 */
export function reportToHtml(content: ReportContent, language: Language): string {
  const { name, verification, forecast, madeAt, versions } = content;
  const { targetName, verdict, members, combination, event, unit, time, foretelling, service } = verification;
  const words = REPORT_WORDS[language];
  const programs = Object.entries(versions).map(([program, version]) => `${program} ${version}`);
  const [from = '', to = ''] = [time[0], time[time.length - 1]].map((moment) => formatInstant(moment ?? 0));
  const { label, observed, oneStepAhead } = words.hindcastPicture;
  const pictureWords = { label, observed, predicted: oneStepAhead(modelName(verification, language)) };
  const title = words.title(targetName);
  return standalonePage(language, {
    title,
    below: `${name} · ${words.made(formatUtc(madeAt))}`,
    body: `${foretelling.length === 0 ? '' : note(describeForetelling(foretelling, language))}
<p class="verdict ${verdict.kind}">${escapeXml(describeVerdict(verdict, language))}</p>
${service === null ? '' : note(describeService(service, unit, language))}
${combination === null ? '' : note(describeCombination(combination, unit, language))}
${members === null ? '' : note(describeSeeds(members, verdict, language))}
<div class="pair">
<section>${heading(words.data)}${facts(dataFacts(content, language))}</section>
<section>${heading(words.model)}${facts(modelFacts(content, language))}</section>
</div>
<section>${heading(words.scores(from, to))}${scoreTable(verification, language)}
${note(words.scoresNote)}</section>
<section>${heading(words.hindcast)}${hindcastToSvg(verification, { width: 720, height: 150 }, pictureWords)}</section>
<div class="pair wide">
<section>${heading(words.forecast(formatInstant(forecast.issuedAt)))}${forecastToSvg(forecast, { width: 560, height: 260 }, language)}</section>
<section>${heading(words.values)}${forecastTable(forecast, language)}</section>
</div>
${aboutWarnings(forecast, language)}
${aboutIntervals(forecast, language)}
${event === null ? '' : aboutRain(event, unit, language)}
<footer>${escapeXml(`${words.errorNote} ${programs.join(', ')}`)}</footer>`,
  });
}

function aboutWarnings({ warnings }: Forecast, language: Language): string {
  if (warnings.length === 0) return '';
  const { title } = REPORT_WORDS[language].warnings;
  return `<section>${heading(title)}${warningTable(warnings, language)}</section>`;
}

/** What the probabilities of rain were worth, and those of the slide rule that station software shows. */
function aboutRain(event: EventVerification, unit: string, language: Language): string {
  const zambretti = describeZambretti(event.zambretti, event, language);
  return [describeEvent(event, unit, language), zambretti]
    .filter((text) => text !== '')
    .map((text) => note(text))
    .join('\n');
}

/** How often the intervals held where it was measured, and a warning where they are too narrow. */
function aboutIntervals({ intervals }: Forecast, language: Language): string {
  const { noIntervals, tooNarrow } = SHARED_WORDS[language];
  if (intervals === null) return note(noIntervals);
  const coverage = note(describeCoverage(intervals.coverage, language));
  return intervals.part === 'training' ? `${coverage}\n${note(tooNarrow, 'note warning')}` : coverage;
}

function facts(entries: readonly Fact[]): string {
  return `<table class="facts"><tbody>${entries
    .map(([name, value]) => `<tr>${cell(name, 'th', ' scope="row"')}${cell(value)}</tr>`)
    .join('')}</tbody></table>`;
}
