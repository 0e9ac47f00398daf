import { z } from 'zod';
import { phrase } from './phrases';
import { problemSchema, type ProblemData } from './problems';
import { secondsLeftAfter, type Progress } from './progress';
import { SETTINGS, trainingSettingsSchema, type NumericSetting, type SettingName } from './settings';

/** 'hyperband': many trials begin, and only the best third of them continues, again and again. 'random': all to the end. */
export const SEARCH_METHODS = ['hyperband', 'random'] as const;
export type SearchMethod = (typeof SEARCH_METHODS)[number];

/** Settings that are searched in a range, evenly by their logarithm. */
export const RANGED_SETTINGS = ['window', 'hidden', 'learningRate'] as const satisfies NumericSetting[];
/** Settings that are searched among some values. */
export const LISTED_SETTINGS = [
  'layers',
  'batchSize',
  'dropout',
  'weightDecay',
] as const satisfies NumericSetting[];
/** Settings of which each value is tried, in half of the trials that which is set. */
export const TRIED_SETTINGS = [
  'residual',
  'schedule',
  'calendarYear',
  'calendarDay',
] as const satisfies SettingName[];
/** How many of the input columns beside the target, as a share: those that tell most come first. No setting of a training. */
export const INPUT_SHARE = 'inputShare';
/** As the columns were chosen. */
export const ALL_INPUTS = 1;
export const SEARCHED_SETTINGS = [
  ...RANGED_SETTINGS,
  ...LISTED_SETTINGS,
  ...TRIED_SETTINGS,
  INPUT_SHARE,
] as const;
export type RangedSetting = (typeof RANGED_SETTINGS)[number];
export type ListedSetting = (typeof LISTED_SETTINGS)[number];
export type TriedSetting = (typeof TRIED_SETTINGS)[number];
export type SearchedSetting = (typeof SEARCHED_SETTINGS)[number];

const value = (name: NumericSetting) => {
  const { min, max, step } = SETTINGS[name];
  const number = z.number().min(min).max(max);
  return Number.isInteger(step) ? number.int() : number;
};
const range = (name: RangedSetting) =>
  z
    .strictObject({ min: value(name), max: value(name) })
    .refine(({ min, max }) => min <= max, { params: { cause: phrase('lowest-above-highest') } })
    .nullable();
const list = (name: ListedSetting) => z.array(value(name)).min(1).max(20).nullable();

const tried = <T extends z.ZodType>(values: T) => z.array(values).min(1).max(10).nullable().default(null);

/** What is searched; null: stays as it is set. */
export const searchSpaceSchema = z.strictObject({
  window: range('window'),
  hidden: range('hidden'),
  learningRate: range('learningRate'),
  layers: list('layers'),
  batchSize: list('batchSize'),
  dropout: list('dropout'),
  weightDecay: list('weightDecay'),
  residual: tried(z.boolean()),
  schedule: tried(z.enum(SETTINGS.schedule.values)),
  calendarYear: tried(z.boolean()),
  calendarDay: tried(z.boolean()),
  [INPUT_SHARE]: tried(z.number().min(0).max(1)),
});
export type SearchSpace = z.infer<typeof searchSpaceSchema>;

export const BUDGET_BOUNDS = { min: 1, max: 86_400, step: 1 } as const;
export const MOST_TRIALS_BOUNDS = { min: 1, max: 10_000 } as const;

export const searchOptionsSchema = z.strictObject({
  method: z.enum(SEARCH_METHODS),
  /** Wall time for the trials, without pauses. */
  budgetSeconds: z.number().min(BUDGET_BOUNDS.min).max(BUDGET_BOUNDS.max),
  /** Trials beside the settings as they are: with time enough for them a search ends the same on any machine. null: as many as the time allows. */
  mostTrials: z
    .number()
    .int()
    .min(MOST_TRIALS_BOUNDS.min)
    .max(MOST_TRIALS_BOUNDS.max)
    .nullable()
    .default(null),
  /** The same seed draws the same trials. */
  seed: z.number().int().min(SETTINGS.seed.min).max(SETTINGS.seed.max),
  space: searchSpaceSchema,
});
export type SearchOptions = z.infer<typeof searchOptionsSchema>;

const SECONDS_PER_DAY = 86_400;

/** What to search where nothing was chosen; readings of several a day want a longer window. */
export function defaultSearchSpace(stepSeconds: number = SECONDS_PER_DAY): SearchSpace {
  const isSubDaily = stepSeconds < SECONDS_PER_DAY;
  return {
    window: isSubDaily ? { min: 12, max: 96 } : { min: 3, max: 30 },
    hidden: { min: 8, max: 64 },
    learningRate: { min: 0.0005, max: 0.02 },
    layers: [1, 2],
    batchSize: [16, 32, 64, 128],
    dropout: [0, 0.1, 0.2],
    weightDecay: [0, 0.001, 0.01],
    residual: [false, true],
    schedule: [...SETTINGS.schedule.values],
    calendarYear: [false, true],
    calendarDay: isSubDaily ? [false, true] : null,
    [INPUT_SHARE]: [0, 0.25, 0.5, 1],
  };
}

/** The number of the trial whose settings are those that were set: no search ends below where it began. */
export const AS_SET = 0;

/**
 * 'kept': among the best of its rung, and waits for the next; 'dropped': not among them; 'stopped': the time was up;
 * 'failed': its loss was no number.
 */
export const TRIAL_STATES = [
  'waiting',
  'training',
  'kept',
  'dropped',
  'finished',
  'stopped',
  'failed',
] as const;

const count = z.number().int().min(0);
export const searchTrialSchema = z.strictObject({
  /** In the order in which they were drawn; `AS_SET` is drawn from nothing. */
  number: z.number().int().min(AS_SET),
  /** The searched settings that were drawn. */
  choice: z.partialRecord(z.enum(SEARCHED_SETTINGS), z.union([z.number(), z.boolean(), z.string().max(100)])),
  epochs: count,
  /** The epoch of its lowest validation loss so far, and the RMSE then, on the validation part in the target's unit. */
  bestEpoch: count,
  rmse: z.number().nullable(),
  /** The same of what would forecast: of the LSTM with what stands beside it. Of those that were compared in the end. */
  blended: z.number().nullable().default(null),
  state: z.enum(TRIAL_STATES),
});
export type SearchTrial = Readonly<z.infer<typeof searchTrialSchema>>;

/**
 * The columns that a trial does without, out of those in order.
 * @param targetIsInput a network must see something
 */
export function columnsLeftOut(
  choice: SearchTrial['choice'],
  order: readonly string[],
  targetIsInput: boolean,
): readonly string[] {
  const share = choice[INPUT_SHARE];
  const kept = Math.round((typeof share === 'number' ? share : ALL_INPUTS) * order.length);
  return order.slice(Math.max(targetIsInput ? 0 : 1, kept));
}

/** 'comparing': the trials have ended, and what the best would forecast is compared. 'interrupted': the app was closed or died; the leaderboard is what was known then. */
export const SEARCH_STATES = [
  'running',
  'paused',
  'comparing',
  'retraining',
  'finished',
  'cancelled',
  'interrupted',
  'failed',
] as const;

export const searchReportSchema = z.strictObject({
  state: z.enum(SEARCH_STATES),
  options: searchOptionsSchema,
  /** What the trials have in common; `epochs` is the most that one is trained for. */
  settings: trainingSettingsSchema,
  targetName: z.string().max(1000),
  unit: z.string().max(100),
  /** Of the budget; without pauses. */
  elapsedSeconds: z.number().min(0),
  /** The columns of `INPUT_SHARE`, by name, that which tells most first. */
  inputOrder: z.array(z.string().max(1000)).max(10_000).default([]),
  /** In the order of their numbers. */
  trials: z.array(searchTrialSchema).max(100_000),
  /** The run of the best trial's settings; null: not yet. Drawn ones are trained again on training and validation part. */
  runId: z.string().max(64).nullable(),
  /** Why it failed. */
  problem: problemSchema.nullable(),
  /** The broker whose workers train the trials: 'host:port'; null: this machine does. */
  broker: z.string().max(300).nullable().default(null),
});
/** A search as far as it has come: what the leaderboard shows, and what is kept on disk. */
export type SearchReport = Readonly<Omit<z.infer<typeof searchReportSchema>, 'trials' | 'problem'>> & {
  readonly trials: readonly SearchTrial[];
  readonly problem: ProblemData | null;
};

export const SEARCH_ACTIONS = ['pause', 'resume', 'finish', 'cancel'] as const;
/** 'finish' ends the trials now and trains the best of them; 'cancel' ends the search without a model. */
export type SearchAction = (typeof SEARCH_ACTIONS)[number];

/** States of a search under way. */
export const GOING_STATES: readonly SearchReport['state'][] = [
  'running',
  'paused',
  'comparing',
  'retraining',
];

/** How far its time is spent, or its trials are trained; null while the best are compared and the best settings are trained again, which takes as long as it takes. */
export function searchProgress({ state, elapsedSeconds, options, trials }: SearchReport): Progress | null {
  if (state === 'comparing' || state === 'retraining') return null;
  const { budgetSeconds, mostTrials } = options;
  const ofTime = {
    fraction: Math.min(1, elapsedSeconds / budgetSeconds),
    secondsLeft: Math.max(0, budgetSeconds - elapsedSeconds),
  };
  if (mostTrials === null) return ofTime;
  const ended = trials.filter(
    ({ state }) => state === 'finished' || state === 'dropped' || state === 'failed',
  );
  const fraction = Math.min(1, ended.length / (mostTrials + 1));
  const secondsLeft = secondsLeftAfter(elapsedSeconds, fraction);
  return fraction < ofTime.fraction ? ofTime : { fraction, secondsLeft };
}

/** The trials that have a score, the best first; of equal ones the earlier. */
export function rankTrials(trials: readonly SearchTrial[]): readonly SearchTrial[] {
  return trials
    .filter(({ rmse }) => rmse !== null)
    .sort((a, b) => (a.rmse ?? 0) - (b.rmse ?? 0) || a.number - b.number);
}

/** So many of the best are compared in the end, beside the settings as they are, by what would forecast. */
const MOST_COMPARED = 3;
/** The best of many is partly lucky: a drawn trial must be better than the settings as they are by more than this share. */
export const LUCK = 0.01;

/** Those whose blend is worth looking at: the settings as they are, and the best drawn. */
export function trialsToCompare(trials: readonly SearchTrial[]): readonly SearchTrial[] {
  const ranked = rankTrials(trials);
  const isAsSet = ({ number }: SearchTrial): boolean => number === AS_SET;
  const drawn = ranked.filter((trial) => !isAsSet(trial)).slice(0, MOST_COMPARED);
  return [...ranked.filter(isAsSet), ...drawn];
}

/**
 * The trial whose settings are trained in the end, by what would forecast where that was compared; undefined where none
 * has a score. No search ends below where it began: where its time did not suffice to train the settings as they are to
 * their end, it cannot know what is better, and they are trained.
 */
export function chosenTrial(trials: readonly SearchTrial[]): SearchTrial | undefined {
  const compared = trials.filter(({ blended }) => blended !== null);
  const scoreOf = ({ blended, rmse }: SearchTrial): number => blended ?? rmse ?? Infinity;
  const candidates = compared.length > 0 ? compared : rankTrials(trials);
  const asSet = rankTrials(trials).find(({ number }) => number === AS_SET);
  const best = candidates.reduce<SearchTrial | undefined>(
    (one, other) => (one === undefined || scoreOf(other) < scoreOf(one) ? other : one),
    undefined,
  );
  if (asSet === undefined || best === undefined) return best;
  const isKnown = asSet.state === 'finished' && (compared.length === 0 || asSet.blended !== null);
  return isKnown && scoreOf(best) < (1 - LUCK) * scoreOf(asSet) ? best : asSet;
}

/** The trials of a search whose time is up: none is under way any more. */
export function settleTrials(trials: readonly SearchTrial[]): readonly SearchTrial[] {
  return trials.map((trial) =>
    trial.state === 'waiting' || trial.state === 'training' ? { ...trial, state: 'stopped' } : trial,
  );
}
