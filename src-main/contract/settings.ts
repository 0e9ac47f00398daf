import { z } from 'zod';
import { MOST_MEMBERS } from './network';

/** Bounds of the numbers in the hyper-parameter panel: the schema and the fields read the same table. */
export const SETTING_BOUNDS = {
  window: { min: 1, max: 2000, step: 1 },
  horizon: { min: 1, max: 168, step: 1 },
  hidden: { min: 1, max: 512, step: 1 },
  layers: { min: 1, max: 4, step: 1 },
  dropout: { min: 0, max: 0.8, step: 0.05 },
  inputDropout: { min: 0, max: 0.8, step: 0.05 },
  batchSize: { min: 1, max: 4096, step: 1 },
  epochs: { min: 1, max: 10_000, step: 1 },
  learningRate: { min: 1e-6, max: 1, step: 0.001 },
  warmupEpochs: { min: 0, max: 1000, step: 1 },
  weightDecay: { min: 0, max: 1, step: 0.001 },
  trainShare: { min: 0.5, max: 0.95, step: 0.01 },
  validationShare: { min: 0, max: 0.5, step: 0.01 },
  patience: { min: 1, max: 1000, step: 1 },
  clipNorm: { min: 0.01, max: 1000, step: 0.1 },
  seed: { min: 0, max: 4_294_967_295, step: 1 },
  rainThreshold: { min: 0.1, max: 500, step: 0.1 },
  members: { min: 1, max: MOST_MEMBERS, step: 1 },
} as const;
export type NumericSetting = keyof typeof SETTING_BOUNDS;

const bounded = (name: NumericSetting) =>
  z.number().min(SETTING_BOUNDS[name].min).max(SETTING_BOUNDS[name].max);
const whole = (name: NumericSetting) => bounded(name).int();

const instant = z.number().int().min(-8.64e15).max(8.64e15);

export const LOSSES = ['mse', 'mae', 'huber', 'pinball'] as const;
/** What a forecast is made of: the LSTM alone, or with the share of ridge regression that does best on the validation part. */
export const COMBINATIONS = ['none', 'best'] as const;
/** What becomes of windows in which a filled gap tells what was read only later. */
export const FILLED_WINDOWS = ['leave-out', 'keep'] as const;
/** What becomes of the learning rate after the warm-up. */
export const SCHEDULES = ['constant', 'cosine', 'plateau'] as const;

/** Quantiles that the pinball loss learns: the median, which is the point forecast, and the ends of the 50, 80 and 95 % intervals. */
export const PINBALL_QUANTILES = [0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975] as const;

/** Every hyper-parameter of a training, checked by the same schema in the window, in the main process and in the CLI. */
export const trainingSettingsSchema = z.strictObject({
  /** Readings the network looks back on. */
  window: whole('window'),
  /** Lead times forecast at once: steps 1 to horizon after the window. */
  horizon: whole('horizon'),
  hidden: whole('hidden'),
  layers: whole('layers'),
  /** Share of hidden values dropped between LSTM layers while training; idle with one layer. */
  dropout: bounded('dropout'),
  /** Share of input values dropped while training. */
  inputDropout: bounded('inputDropout'),
  batchSize: whole('batchSize'),
  epochs: whole('epochs'),
  learningRate: bounded('learningRate'),
  /** 'cosine' falls to 0 at the last epoch; 'plateau' halves where the validation loss no longer falls. */
  schedule: z.enum(SCHEDULES),
  /** Epochs, at the beginning, over which the learning rate rises from 0. */
  warmupEpochs: whole('warmupEpochs'),
  /** Decoupled weight decay (AdamW): each step takes learning rate x this share off every weight; 0: plain Adam. */
  weightDecay: bounded('weightDecay'),
  loss: z.enum(LOSSES),
  /** Whether the network learns the change since the window's last reading; the target must then be an input. */
  residual: z.boolean(),
  /** Share of the windows, from the oldest on, that is for learning; the rest is the held-back test part. */
  trainShare: bounded('trainShare'),
  /** Share of the learning windows, its newest, kept for validation. 0: the curve is drawn on the test part, as the lesson does. */
  validationShare: bounded('validationShare'),
  /** First moment of the test part and of the validation part, as `Series.time`; null: by the shares above. */
  testFrom: instant.nullable(),
  validationFrom: instant.nullable(),
  /** Epochs without a better validation loss before training stops and the best weights are kept; null: off. */
  patience: whole('patience').nullable(),
  /** Largest global norm of the gradient; null: not clipped. */
  clipNorm: bounded('clipNorm').nullable(),
  seed: whole('seed'),
  /** Networks that are trained from seeds one after another; the mean of their forecasts is the model's. */
  members: whole('members'),
  /** Day of year as sine and cosine. */
  calendarYear: z.boolean(),
  /** Hour of day as sine and cosine. */
  calendarDay: z.boolean(),
  initialisation: z.enum(['keras', 'pytorch']),
  /** Rows the scaler learns from: the training part alone, or (as the lesson does) all of them. */
  scalerFit: z.enum(['training', 'all']),
  /**
   * Windows that a filled gap would tell what was read only later: left out, or (as the lesson does) kept. Runs and exports
   * from before there was a choice left them out.
   */
  filledWindows: z.enum(FILLED_WINDOWS).default('leave-out'),
  /** 'best' needs a validation part, and a loss that makes one forecast: otherwise it is as 'none'. */
  combine: z.enum(COMBINATIONS),
  /** Where the target is rain: the amount in mm whose probability is forecast. */
  rainThreshold: bounded('rainThreshold'),
});
export type TrainingSettings = z.infer<typeof trainingSettingsSchema>;

/** The quantiles that a network with these settings says of each lead time; null: it says one number. */
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

/** The settings of the Korean lesson, as they stand there. */
const tutorial: TrainingSettings = {
  window: 6,
  horizon: 1,
  hidden: 10,
  layers: 1,
  dropout: 0,
  inputDropout: 0,
  batchSize: 32,
  epochs: 200,
  learningRate: 0.01,
  schedule: 'constant',
  warmupEpochs: 0,
  weightDecay: 0,
  loss: 'mse',
  residual: false,
  trainShare: 0.8,
  validationShare: 0,
  testFrom: null,
  validationFrom: null,
  patience: null,
  clipNorm: null,
  seed: 42,
  members: 1,
  calendarYear: false,
  calendarDay: false,
  initialisation: 'pytorch',
  scalerFit: 'all',
  filledWindows: 'keep',
  combine: 'none',
  rainThreshold: 1,
};

const recommended: TrainingSettings = {
  window: 7,
  horizon: 1,
  hidden: 32,
  layers: 1,
  dropout: 0,
  inputDropout: 0,
  batchSize: 32,
  epochs: 300,
  learningRate: 0.002,
  schedule: 'constant',
  warmupEpochs: 0,
  weightDecay: 0,
  loss: 'mse',
  residual: false,
  trainShare: 0.8,
  validationShare: 0.2,
  testFrom: null,
  validationFrom: null,
  patience: 20,
  clipNorm: 1,
  seed: 1,
  members: 1,
  calendarYear: true,
  calendarDay: false,
  initialisation: 'keras',
  scalerFit: 'training',
  filledWindows: 'leave-out',
  combine: 'best',
  rainThreshold: 1,
};

const secondsPerDay = 86_400;

/** The settings of a preset; Recommended looks at the step of the data (hours want the hour of day and a longer window). */
export function presetSettings(preset: Preset, stepSeconds: number = secondsPerDay): TrainingSettings {
  if (preset === 'tutorial') return tutorial;
  if (stepSeconds >= secondsPerDay) return recommended;
  return { ...recommended, window: 48, horizon: 24, batchSize: 128, patience: 8, calendarDay: true };
}

/** What is forecast, and from what on it is scored: of Recommended the question that is asked settles it. */
const ASKED: ReadonlySet<keyof TrainingSettings> = new Set([
  'window',
  'horizon',
  'testFrom',
  'validationFrom',
] as const);

/**
 * The preset that these settings are (whatever the seed, and of Recommended whatever is asked), or null for settings of
 * the user's own.
 */
export function presetOf(settings: TrainingSettings, stepSeconds?: number): Preset | null {
  const same = (preset: Preset): boolean => {
    const reference = presetSettings(preset, stepSeconds);
    const isFree = (key: keyof TrainingSettings): boolean =>
      key === 'seed' || (preset === 'recommended' && ASKED.has(key));
    return (Object.keys(reference) as (keyof TrainingSettings)[]).every(
      (key) => isFree(key) || reference[key] === settings[key],
    );
  };
  return PRESETS.find(same) ?? null;
}
