import type { ColumnMapping } from '../../contract/dataset';
import type { Plan, Question, Subjects } from '../../contract/plan';
import { outlookOf, settingsOfPlan, usualQuestion, type Answer, type Outlook } from '../../contract/question';
import type { Series } from '../../contract/series';
import type { LeftOut } from '../../contract/suggestion';
import { splitWindows } from '../../series';
import type { RawTable } from '../cells/table';
import { datedByWindows, halvesOf, holdingLast, withoutColumns } from './changes';
import { possibleSeries } from './possible-series';
import { dearColumns } from './window-costs';

/** Which columns are what, by their names and readings, before anything is asked of them. */
export interface ChosenColumns {
  /** How long the record is and how much of it is missing; left out: it is looked at. */
  readonly extent?: Extent;
  readonly mapping: ColumnMapping;
  readonly leftOut: readonly LeftOut[];
  readonly subjects: Subjects;
}

/** What is known of a record before it is laid on an axis. */
export interface Extent {
  /** From the first to the last reading. */
  readonly seconds: number;
  /** Shares of the rows, 0 to 1: that lack a reading, by column; and of rows that are not there. */
  readonly missing: ReadonlyMap<number, number>;
  readonly holes: number;
}

/**
 * A record as long and as whole as this need not be looked at, which takes as long as reading it: a step is missing where
 * a quarter of its readings is, so no column can cost a window in twenty, and no part can be empty.
 */
const WHOLE = { rows: 1000, missingOfOne: 0.01, missingOfAll: 0.03 } as const;

/** Fewer windows than these are no part. */
const LEAST = { train: 10, validation: 3, test: 3 } as const;
/** The shortest window that is suggested. */
const SHORTEST_WINDOW = 4;
/** Rows of the time axis below which nothing that is suggested has enough windows: see the test. */
export const LEAST_ROWS = 21;

/**
 * What answers a question, or the usual one of the file, so that something can be trained: columns that cost more
 * windows than they are worth are left out, and where a record is short or has long holes the parts begin where there
 * are windows, the window is shorter, gaps hold their last reading, other questions are asked, the horizon is shorter.
 * @param asked null: the usual question, or where that cannot be answered another
 */
export function answerQuestion(
  table: RawTable,
  chosen: ChosenColumns,
  logSeconds: number,
  asked: Question | null,
): Answer {
  const usual = usualQuestion(logSeconds);
  const whole = answerOfWhole(chosen, logSeconds, asked ?? usual);
  if (whole !== null) return whole;
  // What is one's own is what the file happens to be: its step, and so many of them.
  const rounds = asked === null ? [[usual, 'next-hours'] as const, ['own'] as const] : [[asked]];
  const tried: Draft[] = [];
  for (const questions of rounds) {
    const drafts = [...new Set<Question>(questions)]
      .filter((each) => outlookOf(each, chosen.subjects, logSeconds) !== null)
      .map((question) => draftOf(table, chosen, logSeconds, question));
    const answer = firstTrainable(table, drafts);
    if (answer !== null) return answer;
    tried.push(...drafts);
  }
  const [first = draftOf(table, chosen, logSeconds, 'own')] = tried;
  const { mapping, leftOut, question, outlook } = first;
  return { mapping, leftOut, plan: planOf(question, outlook), isTrainable: false };
}

/** Null where the record has to be looked at. */
function answerOfWhole(chosen: ChosenColumns, logSeconds: number, question: Question): Answer | null {
  const { extent, leftOut } = chosen;
  const outlook = outlookOf(question, chosen.subjects, logSeconds);
  if (extent === undefined || outlook === null) return null;
  const mapping = mappingOf(chosen, outlook);
  const missing = mapping.inputs.map((column) => extent.missing.get(column) ?? 1);
  const all = missing.reduce((sum, share) => sum + share, extent.holes);
  if (Math.max(...missing) > WHOLE.missingOfOne || all > WHOLE.missingOfAll) return null;
  if (extent.seconds / (outlook.stepSeconds ?? logSeconds) < WHOLE.rows) return null;
  return { mapping, leftOut, plan: planOf(question, outlook), isTrainable: true };
}

function mappingOf(
  { mapping: base }: ChosenColumns,
  { targets, extremes, stepSeconds }: Outlook,
): ColumnMapping {
  const [target = base.target, ...alsoTargets] = targets;
  const inputs = [...new Set([...base.inputs, ...targets])].sort((a, b) => a - b);
  const ofDay = extremes === undefined ? {} : { extremes };
  return { ...base, target, alsoTargets, ...ofDay, inputs, stepSeconds };
}

function firstTrainable(table: RawTable, drafts: readonly Draft[]): Answer | null {
  for (const shortens of [false, true]) {
    // Fewer of the next hours are an answer; half of tomorrow is none.
    for (const draft of shortens ? [...drafts].reverse() : drafts) {
      for (const fills of [false, true]) {
        const answer = trainable(table, draft, fills, shortens);
        if (answer !== null) return answer;
      }
    }
  }
  return null;
}

interface Draft {
  readonly question: Question;
  readonly outlook: Outlook;
  readonly mapping: ColumnMapping;
  readonly leftOut: readonly LeftOut[];
  /** Null where none can be made. */
  readonly series: Series | null;
}

function draftOf(table: RawTable, chosen: ChosenColumns, logSeconds: number, question: Question): Draft {
  const { leftOut, subjects } = chosen;
  const outlook = outlookOf(question, subjects, logSeconds) ?? outlookOf('own', subjects, logSeconds)!;
  const mapping = mappingOf(chosen, outlook);
  const series = possibleSeries(table, mapping);
  const dear = series === null ? [] : dearColumns(series, mapping, outlook);
  if (dear.length === 0) return { question, outlook, mapping, leftOut, series };
  const without = withoutColumns(
    mapping,
    dear.map(({ column }) => column),
  );
  const costs = dear.map(({ column, windows, lost }): LeftOut => {
    return { column, why: 'costs-windows', params: { windows, lost } };
  });
  return {
    question,
    outlook,
    mapping: without,
    leftOut: [...leftOut, ...costs].sort((a, b) => a.column - b.column),
    series: possibleSeries(table, without),
  };
}

/** @param fills gaps hold their last reading. @param shortens the horizon may be shorter than the question's */
function trainable(table: RawTable, draft: Draft, fills: boolean, shortens: boolean): Answer | null {
  const { question, outlook, leftOut } = draft;
  const mapping = fills ? holdingLast(draft.mapping, draft.mapping.inputs).mapping : draft.mapping;
  const series = fills ? possibleSeries(table, mapping) : draft.series;
  if (series === null) return null;
  const horizons = shortens ? halvesOf(outlook.horizon, 1).slice(1) : [outlook.horizon];
  for (const horizon of horizons) {
    const named = question === 'next-hours' || !shortens ? question : 'own';
    for (const window of halvesOf(outlook.window, SHORTEST_WINDOW)) {
      const plan = planOf(named, { window, horizon });
      const tried = hasEnough(series, plan) ? plan : beginningWithWindows(series, plan);
      if (tried !== null) return { mapping, leftOut, plan: tried, isTrainable: true };
    }
  }
  return null;
}

const planOf = (question: Question, { window, horizon }: Pick<Plan, 'window' | 'horizon'>): Plan => ({
  question,
  window,
  horizon,
  testFrom: null,
  validationFrom: null,
});

/** Whether each part has windows enough. */
export function hasEnough(series: Series, plan: Plan): boolean {
  const settings = settingsOfPlan(plan, series.step.seconds);
  // The same room as `prepare` asks for.
  if (series.time.length < plan.window + plan.horizon + 10) return false;
  const { train, validation, test } = splitWindows(series, settings);
  return train.length >= LEAST.train && validation.length >= LEAST.validation && test.length >= LEAST.test;
}

/** Null where other beginnings of the parts are no help. */
function beginningWithWindows(series: Series, plan: Plan): Plan | null {
  const dated = datedByWindows(series, settingsOfPlan(plan, series.step.seconds));
  if (dated === null) return null;
  const { testFrom, validationFrom } = dated;
  const tried = { ...plan, testFrom, validationFrom };
  return hasEnough(series, tried) ? tried : null;
}
