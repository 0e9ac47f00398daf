import type { ColumnMapping, ColumnReport, DatasetSummary } from '../contract/dataset';
import { phraseText } from '../contract/phrases';
import { describeProblem, type ProblemData } from '../contract/problems';
import { questionsFor } from '../contract/question';
import { describeLeftOut } from '../contract/suggestion';
import { requireOperands } from './arguments';
import { JSON_OPTION, type Command } from './command';
import { formatInstant } from '../series';
import { describeForecasts, forecastsToJson } from './forecast-join-lines';
import { FORECASTS_OPTION, withReadings } from './readings';
import { formatTable } from './terminal';

/** One reading has no step. */
const SECONDS_PER_DAY = 86_400;

export const inspectCommand: Command = {
  name: 'inspect',
  synopsis: 'FILE [--forecasts FILE] [--json]',
  summary:
    'Says what is in a file of readings: its form, its time axis, its columns and what is wrong with them.',
  options: { ...FORECASTS_OPTION, ...JSON_OPTION },
  async run(context) {
    const [file = ''] = requireOperands(context.args, ['FILE']);
    await withReadings(context, file, (_reader, summary) => {
      for (const line of describeSummary(summary)) context.terminal.say(line);
      context.terminal.result(summaryToJson(summary));
      return Promise.resolve();
    });
  },
};

export function summaryToJson(summary: DatasetSummary): object {
  const { rows, format, encoding, delimiter, decimal, headerLine, time, step, gaps, gapCount, range } =
    summary;
  return {
    rows,
    format: { label: phraseText(format.label), reasons: format.reasons.map((reason) => phraseText(reason)) },
    encoding,
    delimiter,
    decimal,
    headerLine,
    time: time && { column: summary.columns[time.column]?.name ?? '', format: time.format, zone: time.zone },
    range: range && { from: formatInstant(range.from), to: formatInstant(range.to) },
    step: step && { seconds: step.seconds, label: step.label, exactShare: step.exactShare },
    duplicateTimes: summary.duplicateTimes,
    unsortedRows: summary.unsortedRows,
    gapCount,
    gaps: gaps.map(({ from, to, missingSteps }) => ({
      from: formatInstant(from),
      to: formatInstant(to),
      missingSteps,
    })),
    stations: summary.stations,
    forecasts: forecastsToJson(summary),
    columns: summary.columns.map((column) => {
      const { name, quantity, unit, missing, min, max, role } = column;
      const { sentinels, outOfRange, stuck, jumps, words } = column;
      const taken = { spikes: column.spikesTaken, stuck: column.stuckTaken };
      return {
        name,
        quantity,
        unit,
        missing,
        min,
        max,
        role,
        sentinels,
        outOfRange,
        stuck,
        jumps,
        taken,
        words,
      };
    }),
    suggested: suggestedToJson(summary),
    problems: problemsOf(summary).map((problem) => ({ ...problem, message: describeProblem(problem) })),
  };
}

/** What was found in the file, and why nothing can be learned from it. */
const problemsOf = ({ problems, shortage }: DatasetSummary): readonly ProblemData[] =>
  shortage === null ? problems : [...problems, shortage];

/** What the window would begin with; null where nothing can be forecast. */
function suggestedToJson(summary: DatasetSummary): object | null {
  const { suggestion, leftOut, columns, plan, subjects, step } = summary;
  if (suggestion === null || plan === null || subjects === null) return null;
  const name = (index: number): string => columns[index]?.name ?? '';
  return {
    question: plan.question,
    questions: questionsFor(subjects, step?.seconds ?? SECONDS_PER_DAY),
    target: name(suggestion.target),
    alsoTargets: suggestion.alsoTargets.map(name),
    stepSeconds: suggestion.stepSeconds ?? step?.seconds ?? SECONDS_PER_DAY,
    window: plan.window,
    horizon: plan.horizon,
    inputs: suggestion.inputs.map(name),
    knownAhead: (suggestion.knownAhead ?? []).map(({ index, row, steps }) => ({
      name: name(index),
      row,
      steps,
    })),
    service: (suggestion.service ?? []).map(name),
    leftOut: leftOut.map((each) => ({
      name: name(each.column),
      why: each.why,
      params: each.params,
      message: describeLeftOut(each),
    })),
  };
}

function describeSuggestion({ suggestion, leftOut, columns, plan }: DatasetSummary): string[] {
  if (suggestion === null || plan === null) return [];
  const name = (index: number): string => columns[index]?.name ?? '';
  return [
    `suggested (${plan.question}): forecast ${name(suggestion.target)} ${plan.horizon} steps ahead from ${suggestion.inputs.map(name).join(', ')}`,
    ...knownAheadLines(suggestion, name),
    ...leftOut.map((each) => `  left out: ${name(each.column)} ${describeLeftOut(each)}`),
    '',
  ];
}

/** The columns of forecasts among the inputs, and that whose errors are learned. */
function knownAheadLines(
  { knownAhead = [], service = [] }: ColumnMapping,
  name: (index: number) => string,
): string[] {
  return knownAhead.map(({ index, row, steps }) => {
    const how = { issue: 'steps after its row', valid: 'steps before its row', run: 'steps ahead' }[row];
    const what = service.includes(index) ? 'the weather service’s forecast of the target' : 'known ahead';
    return `  ${name(index)}: ${what}, ${row === 'run' ? `up to ${steps}` : steps} ${how}`;
  });
}

function describeSummary(summary: DatasetSummary): string[] {
  const { fileName, rows, format, encoding, delimiter, decimal, headerLine } = summary;
  const { time, step, range, gapCount } = summary;
  const axis =
    time === null || range === null
      ? 'no time column'
      : `${formatInstant(range.from)} to ${formatInstant(range.to)}${step === null ? '' : `, ${step.label}`}`;
  const delimiters: Readonly<Record<string, string>> = { ',': 'comma', ';': 'semicolon', '\t': 'tab' };
  return [
    `${fileName}: ${rows} rows, ${axis}`,
    `${phraseText(format.label)}: ${format.reasons.map((reason) => phraseText(reason)).join('; ')}`,
    `${encoding}, ${delimiters[delimiter] ?? delimiter}, decimal ${decimal}, header in line ${headerLine}`,
    gapCount === 0 ? 'no gaps in time' : `${gapCount} gaps in time`,
    ...describeForecasts(summary),
    '',
    ...formatTable([
      ['column', 'role', 'quantity', 'unit', 'missing', 'min', 'max'],
      ...summary.columns.map(rowOf),
    ]),
    '',
    ...describeSuggestion(summary),
    ...problemsOf(summary).map((problem) => `! ${describeProblem(problem)}`),
  ];
}

function rowOf({ name, role, quantity, unit, missing, min, max }: ColumnReport): string[] {
  const number = (value: number | null): string =>
    value === null ? '' : value.toLocaleString('en', { maximumSignificantDigits: 6, useGrouping: false });
  return [name, role, quantity, unit, String(missing), number(min), number(max)];
}
