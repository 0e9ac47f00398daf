import { z } from 'zod';
import { MOST_MEMBERS } from './network';

/** What a setting is about. The window shows the groups in this order, and in each its settings as they stand in the table. */
export const SETTING_GROUPS = ['sees', 'network', 'training', 'test'] as const;
export type SettingGroup = (typeof SETTING_GROUPS)[number];

/** What every setting has, whatever its kind. */
interface Common<T> {
  readonly group: SettingGroup;
  /** As the Korean lesson has it. */
  readonly tutorial: T;
  readonly recommended: T;
  /** Recommended for readings several times a day, where that differs. */
  readonly subDaily?: T;
  /** What runs and exports meant that were kept before there was this setting. */
  readonly before?: T;
}

interface Setting<K extends string, T> extends Common<T> {
  readonly kind: K;
  readonly schema: z.ZodType<T>;
}

/** What is counted: the window says readings as a time too, and shares as per cent. */
type Unit = 'readings' | 'share' | 'mm';

/** null: switched off. */
interface NumberSetting<T extends number | null> extends Setting<'number', T> {
  readonly min: number;
  readonly max: number;
  /** By how much the arrow keys change it. */
  readonly step: number;
  readonly unit?: Unit;
}

interface ChoiceSetting<T extends string> extends Setting<'choice', T> {
  readonly values: readonly T[];
}

function withBefore<T>(schema: z.ZodType<T>, before: T | undefined): z.ZodType<T> {
  return before === undefined ? schema : z._default(schema, before as z.core.util.NoUndefined<T>);
}

type WholeSpec<T> = Common<T> & { readonly unit?: Unit };
type NumberSpec<T> = WholeSpec<T> & { readonly step: number };

function bounded<T extends number | null>(
  min: number,
  max: number,
  spec: NumberSpec<T>,
  schema: z.ZodType<T>,
): NumberSetting<T> {
  return { kind: 'number', min, max, ...spec, schema: withBefore(schema, spec.before) };
}

const number = (min: number, max: number, spec: NumberSpec<number>) =>
  bounded(min, max, spec, z.number().min(min).max(max));
const numberOrOff = (min: number, max: number, spec: NumberSpec<number | null>) =>
  bounded(min, max, spec, z.number().min(min).max(max).nullable());
const whole = (min: number, max: number, spec: WholeSpec<number>) =>
  bounded(min, max, { step: 1, ...spec }, z.number().min(min).max(max).int());
const wholeOrOff = (min: number, max: number, spec: WholeSpec<number | null>) =>
  bounded(min, max, { step: 1, ...spec }, z.number().min(min).max(max).int().nullable());

function choice<const T extends string>(values: readonly T[], spec: Common<NoInfer<T>>): ChoiceSetting<T> {
  return { kind: 'choice', values, ...spec, schema: withBefore<T>(z.enum(values), spec.before) };
}

const onOrOff = (spec: Common<boolean>): Setting<'switch', boolean> => ({
  kind: 'switch',
  ...spec,
  schema: withBefore<boolean>(z.boolean(), spec.before),
});

/** As `Series.time`; null: none was chosen. */
const moment = (
  spec: Omit<Common<number | null>, 'tutorial' | 'recommended'>,
): Setting<'moment', number | null> => ({
  kind: 'moment',
  ...spec,
  tutorial: null,
  recommended: null,
  schema: withBefore(z.number().int().min(-8.64e15).max(8.64e15).nullable(), spec.before),
});

/**
 * Every hyper-parameter of a training: its kind, its bounds, and what each preset has. The schema, the presets, the fields of
 * the window and the readers of the command line follow from this table.
 */
export const SETTINGS = {
  /** Readings the network looks back on. */
  window: whole(1, 2000, { group: 'sees', unit: 'readings', tutorial: 6, recommended: 7, subDaily: 48 }),
  /** Lead times forecast at once: steps 1 to horizon after the window. */
  horizon: whole(1, 168, { group: 'sees', unit: 'readings', tutorial: 1, recommended: 1, subDaily: 24 }),
  /** Whether the network learns the change since the window's last reading; the target must then be an input. */
  residual: onOrOff({ group: 'sees', tutorial: false, recommended: false }),
  /** Day of year as sine and cosine. */
  calendarYear: onOrOff({ group: 'sees', tutorial: false, recommended: true }),
  /** Day of year: a wave that turns once a year, and this many in all with those that turn 2, 3, ... times. */
  yearHarmonics: whole(1, 4, { group: 'sees', tutorial: 1, recommended: 2, before: 1 }),
  /** Hour of day as sine and cosine. */
  calendarDay: onOrOff({ group: 'sees', tutorial: false, recommended: false, subDaily: true }),

  hidden: whole(1, 512, { group: 'network', tutorial: 10, recommended: 32 }),
  layers: whole(1, 4, { group: 'network', tutorial: 1, recommended: 1 }),
  /**
   * Where forecasts are known ahead: 'together', each lead time of each is an input in the row of issue, and all lead times are
   * forecast from the window's last step; 'stepped', the network goes on through the lead times, with what is known of each.
   */
  leadSteps: choice(['together', 'stepped'], {
    group: 'network',
    tutorial: 'together',
    recommended: 'together',
    before: 'together',
  }),
  /** Share of hidden values dropped between LSTM layers while training; idle with one layer. */
  dropout: number(0, 0.8, { group: 'network', step: 0.05, unit: 'share', tutorial: 0, recommended: 0 }),
  /** Share of input values dropped while training. */
  inputDropout: number(0, 0.8, { group: 'network', step: 0.05, unit: 'share', tutorial: 0, recommended: 0 }),
  initialisation: choice(['keras', 'pytorch'], {
    group: 'network',
    tutorial: 'pytorch',
    recommended: 'keras',
  }),

  epochs: whole(1, 10_000, { group: 'training', tutorial: 200, recommended: 300 }),
  batchSize: whole(1, 4096, { group: 'training', tutorial: 32, recommended: 32, subDaily: 128 }),
  learningRate: number(1e-6, 1, { group: 'training', step: 0.001, tutorial: 0.01, recommended: 0.002 }),
  /** After the warm-up: 'cosine' falls to 0 at the last epoch; 'plateau' halves where the validation loss no longer falls. */
  schedule: choice(['constant', 'cosine', 'plateau'], {
    group: 'training',
    tutorial: 'constant',
    recommended: 'constant',
  }),
  /** Epochs, at the beginning, over which the learning rate rises from 0. */
  warmupEpochs: whole(0, 1000, { group: 'training', tutorial: 0, recommended: 0 }),
  /** Decoupled weight decay (AdamW): each step takes learning rate x this share off every weight; 0: plain Adam. */
  weightDecay: number(0, 1, { group: 'training', step: 0.001, tutorial: 0, recommended: 0 }),
  loss: choice(['mse', 'mae', 'huber', 'pinball'], {
    group: 'training',
    tutorial: 'mse',
    recommended: 'mse',
  }),
  /** Epochs without a better validation loss before training stops and the best weights are kept; null: off. */
  patience: wholeOrOff(1, 1000, { group: 'training', tutorial: null, recommended: 20, subDaily: 8 }),
  /** Largest global norm of the gradient; null: not clipped. */
  clipNorm: numberOrOff(0.01, 1000, { group: 'training', step: 0.1, tutorial: null, recommended: 1 }),
  seed: whole(0, 4_294_967_295, { group: 'training', tutorial: 42, recommended: 1 }),
  /** Networks that are trained from seeds one after another; the mean of their forecasts is the model's. */
  members: whole(1, MOST_MEMBERS, { group: 'training', tutorial: 1, recommended: 1 }),

  /** Share of the windows, from the oldest on, that is for learning; the rest is the held-back test part. */
  trainShare: number(0.5, 0.95, {
    group: 'test',
    step: 0.01,
    unit: 'share',
    tutorial: 0.8,
    recommended: 0.8,
  }),
  /** Share of the learning windows, its newest, kept for validation. 0: the curve is drawn on the test part, as the lesson does. */
  validationShare: number(0, 0.5, {
    group: 'test',
    step: 0.01,
    unit: 'share',
    tutorial: 0,
    recommended: 0.2,
  }),
  /** First moment of the test part and of the validation part; null: by the shares above. */
  testFrom: moment({ group: 'test' }),
  validationFrom: moment({ group: 'test' }),
  /** Rows the scaler learns from: the training part alone, or (as the lesson does) all of them. */
  scalerFit: choice(['training', 'all'], { group: 'test', tutorial: 'all', recommended: 'training' }),
  /** Windows that a filled gap would tell what was read only later: left out, or (as the lesson does) kept. */
  filledWindows: choice(['leave-out', 'keep'], {
    group: 'test',
    tutorial: 'keep',
    recommended: 'leave-out',
    before: 'leave-out',
  }),
  /**
   * What a forecast is made of: the LSTM alone, or with the shares of the baselines that do best on the learning part.
   * 'best' needs one, and a loss that makes one forecast: otherwise it is as 'none'.
   */
  combine: choice(['none', 'best'], { group: 'test', tutorial: 'none', recommended: 'best' }),
  /** Where the target is rain: the amount in mm whose probability is forecast. */
  rainThreshold: number(0.1, 500, { group: 'test', step: 0.1, unit: 'mm', tutorial: 1, recommended: 1 }),
};

export type SettingName = keyof typeof SETTINGS;
export const SETTING_NAMES = Object.keys(SETTINGS) as readonly SettingName[];
type SettingKind = (typeof SETTINGS)[SettingName]['kind'];
/** The settings of a kind, by name. */
export type SettingOfKind<K extends SettingKind> = {
  [N in SettingName]: (typeof SETTINGS)[N]['kind'] extends K ? N : never;
}[SettingName];
export type NumericSetting = SettingOfKind<'number'>;

export const isOfKind = <K extends SettingKind>(name: SettingName, kind: K): name is SettingOfKind<K> =>
  SETTINGS[name].kind === kind;

/** A value for each setting out of its line in the table. */
const fromTable = <T>(take: (spec: Common<unknown> & { readonly schema: z.ZodType }) => unknown): T =>
  Object.fromEntries(SETTING_NAMES.map((name) => [name, take(SETTINGS[name])])) as T;

/** Checked by the same schema in the window, in the main process and on the command line. */
export const trainingSettingsSchema = z.strictObject(
  fromTable<{ [N in SettingName]: (typeof SETTINGS)[N]['schema'] }>(({ schema }) => schema),
);
export type TrainingSettings = z.infer<typeof trainingSettingsSchema>;

/** Quantiles that the pinball loss learns: the median, which is the point forecast, and the ends of the 50, 80 and 95 % intervals. */
export const PINBALL_QUANTILES = [0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975] as const;

/** The quantiles that a network with these settings forecasts for each lead time; null: it forecasts one number. */
export function quantilesLearned({ loss }: Pick<TrainingSettings, 'loss'>): readonly number[] | null {
  return loss === 'pinball' ? PINBALL_QUANTILES : null;
}

/** Whether a part is kept for validation. */
export const validates = ({
  validationShare,
  validationFrom,
}: Pick<TrainingSettings, 'validationShare' | 'validationFrom'>): boolean =>
  validationShare > 0 || validationFrom !== null;

export const PRESETS = ['tutorial', 'recommended'] as const;
export type Preset = (typeof PRESETS)[number];

const presets = {
  tutorial: fromTable<TrainingSettings>(({ tutorial }) => tutorial),
  recommended: fromTable<TrainingSettings>(({ recommended }) => recommended),
  recommendedSubDaily: fromTable<TrainingSettings>(({ recommended, subDaily = recommended }) => subDaily),
};

const SECONDS_PER_DAY = 86_400;

/**
 * What is recommended where the errors of a weather service's forecast are learned. Tomorrow hangs on that forecast and on
 * the newest readings; and as stations meet the same weather, many windows are of few days, which a larger network learns by
 * heart within an epoch. The forecast knows the season.
 */
const BESIDE_SERVICE = {
  calendarYear: false,
  hidden: 16,
  batchSize: 128,
  learningRate: 0.001,
  inputDropout: 0.2,
  weightDecay: 0.01,
} satisfies Partial<TrainingSettings>;

/**
 * The settings of a preset. Recommended looks at the step of the data (hours want the hour of day and a longer window), and
 * at whether a weather service's forecast of the target is among the columns.
 */
export function presetSettings(
  preset: Preset,
  stepSeconds: number = SECONDS_PER_DAY,
  hasService = false,
): TrainingSettings {
  if (preset === 'tutorial') return presets.tutorial;
  const isSubDaily = stepSeconds < SECONDS_PER_DAY;
  const usual = isSubDaily ? presets.recommendedSubDaily : presets.recommended;
  if (!hasService) return usual;
  return { ...usual, ...BESIDE_SERVICE, window: isSubDaily ? usual.window : 1 };
}

/** What is forecast, and from what on it is scored: of Recommended the question that is asked settles it. */
const ASKED: ReadonlySet<SettingName> = new Set(['window', 'horizon', 'testFrom', 'validationFrom'] as const);

/**
 * The preset that these settings are (whatever the seed, and of Recommended whatever is asked), or null for settings of
 * the user's own.
 */
export function presetOf(
  settings: TrainingSettings,
  stepSeconds?: number,
  hasService?: boolean,
): Preset | null {
  const same = (preset: Preset): boolean => {
    const reference = presetSettings(preset, stepSeconds, hasService);
    const isFree = (name: SettingName): boolean =>
      name === 'seed' || (preset === 'recommended' && ASKED.has(name));
    return SETTING_NAMES.every((name) => isFree(name) || reference[name] === settings[name]);
  };
  return PRESETS.find(same) ?? null;
}
