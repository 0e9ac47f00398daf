import { EXTREMES, targetsOf, type ColumnMapping, type DatasetSummary } from './dataset';
import { STEP_CHOICES } from './derived';
import { QUESTIONS, type Plan, type Question, type Subjects } from './plan';
import { presetSettings, type TrainingSettings } from './settings';
import type { LeftOut } from './suggestion';

/** What answers a question so that something can be trained: what the window begins with, and the command line too. */
export interface Answer {
  readonly mapping: ColumnMapping;
  readonly leftOut: readonly LeftOut[];
  readonly plan: Plan;
  /** Whether each part has enough windows; else the record is too short whatever is chosen. */
  readonly isTrainable: boolean;
}

/** An answer to a question before it was held against the readings. */
export interface Outlook {
  /** The first is the target; the same network learns the others. */
  readonly targets: readonly number[];
  /** As in `ColumnMapping`. */
  readonly extremes?: ColumnMapping['extremes'];
  readonly stepSeconds: number | null;
  readonly window: number;
  readonly horizon: number;
}

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Steps of a few minutes say little that those of ten do not, and make a network look back on many more of them. */
const FINEST_STEP = 10 * MINUTE;
/** How far ahead the next hours reach. */
const NEXT_HOURS = 6 * HOUR;
/** A file that tells less often than this cannot say what the next hours bring. */
const LONGEST_HOURLY = 3 * HOUR;
/** Of readings that come less often the highest of a day tells little of the day. */
const LONGEST_WITHIN_DAY = 3 * HOUR;
const DAYS_AHEAD = 7;
const WEEK = 7;
/** Steps below a day that a network looks back on: four days, but no fewer and no more than these. */
const LOOKS_BACK = { seconds: 4 * DAY, least: 8, most: 48 } as const;

/**
 * The targets, the step, the window and the horizon that answer a question; null where the file cannot: it is too
 * coarse, or lacks the column.
 * @param logSeconds the usual step of the file
 */
export function outlookOf(question: Question, subjects: Subjects, logSeconds: number): Outlook | null {
  const { usual, extremes, temperature, rain } = subjects;
  const stepOf = (seconds: number): number | null => (seconds > logSeconds ? seconds : null);
  const daily = { stepSeconds: stepOf(DAY), window: WEEK };
  switch (question) {
    case 'next-hours': {
      if (logSeconds > LONGEST_HOURLY) return null;
      const step = STEP_CHOICES.find((each) => each >= Math.max(logSeconds, FINEST_STEP)) ?? HOUR;
      const seconds = step === nearestStep(logSeconds) ? logSeconds : step;
      const horizon = Math.max(1, Math.round(NEXT_HOURS / seconds));
      return {
        targets: [usual],
        stepSeconds: stepOf(seconds),
        window: Math.max(24, 2 * horizon),
        horizon,
      };
    }
    case 'tomorrow': {
      if (logSeconds >= DAY) return null;
      const seconds = Math.max(HOUR, logSeconds);
      const back = Math.round(LOOKS_BACK.seconds / seconds);
      return {
        targets: [usual],
        stepSeconds: stepOf(seconds),
        window: Math.min(LOOKS_BACK.most, Math.max(LOOKS_BACK.least, back)),
        horizon: Math.max(1, Math.round(DAY / seconds)),
      };
    }
    case 'next-days':
      return logSeconds > DAY ? null : { targets: [usual], ...daily, horizon: DAYS_AHEAD };
    case 'highs-and-lows':
      if (logSeconds === DAY && extremes !== null)
        return { targets: extremes, ...daily, horizon: DAYS_AHEAD };
      if (logSeconds > LONGEST_WITHIN_DAY || temperature === null) return null;
      return { targets: [temperature], extremes: [...EXTREMES], ...daily, horizon: DAYS_AHEAD };
    case 'rain-tomorrow':
      return logSeconds > DAY || rain === null ? null : { targets: [rain], ...daily, horizon: 1 };
    case 'own': {
      const own = presetSettings('recommended', logSeconds);
      return { targets: [usual], stepSeconds: null, window: own.window, horizon: own.horizon };
    }
  }
}

/** A log that comes nearly every ten minutes is one of ten minutes. */
const nearestStep = (seconds: number): number | undefined =>
  STEP_CHOICES.find((each) => Math.abs(each - seconds) < 0.1 * each);

/** The questions that a file can answer, in the order in which they are asked. */
export function questionsFor(subjects: Subjects, logSeconds: number): readonly Question[] {
  return QUESTIONS.filter((question) => outlookOf(question, subjects, logSeconds) !== null);
}

/** The default question: the next seven days for a daily file, tomorrow for a finer one. */
export function usualQuestion(logSeconds: number): Question {
  if (logSeconds < DAY) return 'tomorrow';
  return logSeconds > DAY ? 'own' : 'next-days';
}

/** What a file was suggested for: the parts of its summary that questions go by. */
export type Questioned = Pick<DatasetSummary, 'suggestion' | 'subjects' | 'plan' | 'step'>;

/** The question that choices answer; 'own' where they answer none. The window is no part of a question. */
export function questionAsked(
  mapping: ColumnMapping,
  { horizon }: Pick<TrainingSettings, 'horizon'>,
  { suggestion, subjects, plan, step }: Questioned,
): Question {
  const targets = subjectOf(targetsOf(mapping), mapping);
  const answers = (wanted: string, stepSeconds: number | null, ahead: number): boolean =>
    targets === wanted && mapping.stepSeconds === stepSeconds && horizon === ahead;
  // Of a short record fewer of the next hours may have been suggested.
  if (suggestion !== null && plan !== null) {
    const { stepSeconds } = suggestion;
    const suggested = subjectOf(targetsOf(suggestion), suggestion);
    if (answers(suggested, stepSeconds, plan.horizon)) return plan.question;
  }
  if (subjects === null || step === null) return 'own';
  const found = QUESTIONS.find((question) => {
    const outlook = outlookOf(question, subjects, step.seconds);
    if (outlook === null) return false;
    return answers(subjectOf(outlook.targets, outlook), outlook.stepSeconds, outlook.horizon);
  });
  return found ?? 'own';
}

/** What is forecast, to be compared. */
const subjectOf = (targets: readonly number[], { extremes = [] }: Pick<ColumnMapping, 'extremes'>): string =>
  [...targets, ...extremes].join();

/** The settings that a file begins with. */
export function suggestedSettings({ suggestion, plan, step }: Questioned): TrainingSettings {
  const stepSeconds = suggestion?.stepSeconds ?? step?.seconds;
  const hasService = suggestion?.service !== undefined;
  return plan === null
    ? presetSettings('recommended', stepSeconds, hasService)
    : settingsOfPlan(plan, stepSeconds, hasService);
}

/**
 * @param stepSeconds of the time axis
 * @param hasService whether a weather service's forecast of the target is known, which wants a shorter window
 */
export function settingsOfPlan(plan: Plan, stepSeconds?: number, hasService = false): TrainingSettings {
  const { question: _question, ...planned } = plan;
  const preset = presetSettings('recommended', stepSeconds, hasService);
  const window = hasService ? Math.min(planned.window, preset.window) : planned.window;
  return { ...preset, ...planned, window };
}
