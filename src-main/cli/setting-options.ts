import {
  isOfKind,
  presetSettings,
  PRESETS,
  SETTING_NAMES,
  trainingSettingsSchema,
  type SettingName,
  type TrainingSettings,
} from '../contract/settings';
import { misfit, parseChoice, parseInstant, UsageError, type Arguments, type Options } from './arguments';

/** How a setting is given: its option, how the help calls its value, and what the help says. */
interface SettingOption {
  readonly name: string;
  readonly value: string;
  readonly help: string;
  /** Where its kind does not say how the text is read. */
  read?(text: string): unknown;
}

/** One option for two settings. */
const CALENDAR = { name: 'calendar', value: 'C', help: 'calendar inputs: year, day, year,day or none' };

/** The option of each setting, in the order of the help. */
const optionOf = {
  window: { name: 'window', value: 'N', help: 'readings the network looks back on' },
  horizon: { name: 'horizon', value: 'N', help: 'steps forecast ahead' },
  hidden: { name: 'hidden', value: 'N', help: 'units of each LSTM layer' },
  layers: { name: 'layers', value: 'N', help: 'LSTM layers' },
  dropout: { name: 'dropout', value: 'X', help: 'share dropped between layers while training' },
  inputDropout: {
    name: 'input-dropout',
    value: 'X',
    help: 'share of the input values dropped while training',
  },
  epochs: { name: 'epochs', value: 'N', help: 'most epochs' },
  batchSize: { name: 'batch', value: 'N', help: 'windows a step' },
  learningRate: { name: 'lr', value: 'X', help: 'learning rate' },
  schedule: {
    name: 'schedule',
    value: 'S',
    help: 'the learning rate is constant, falls as a cosine, or is halved at a plateau of the validation loss',
  },
  warmupEpochs: {
    name: 'warmup',
    value: 'N',
    help: 'epochs over which the learning rate rises from 0 at the beginning',
  },
  weightDecay: { name: 'weight-decay', value: 'X', help: 'weight decay of AdamW; 0 is plain Adam' },
  loss: {
    name: 'loss',
    value: 'L',
    help: 'mse, mae, huber or pinball (which learns the median and the ends of the intervals)',
  },
  residual: {
    name: 'residual',
    value: 'on|off',
    help: 'forecast the change since the last reading; the target must be among the features',
  },
  trainShare: { name: 'split', value: 'X', help: 'share of the windows, the oldest, to learn from' },
  validationShare: { name: 'validation', value: 'X', help: 'share of those, the newest, to validate on' },
  testFrom: {
    name: 'test-from',
    value: 'D',
    help: 'day or moment from which on readings are held back, instead of --split',
  },
  validationFrom: {
    name: 'validation-from',
    value: 'D',
    help: 'day or moment from which on those before are for validation, instead of --validation',
  },
  patience: {
    name: 'patience',
    value: 'N|off',
    help: 'epochs without a better validation loss before training stops',
  },
  clipNorm: { name: 'clip', value: 'X|off', help: 'largest norm of the gradient' },
  rainThreshold: {
    name: 'rain-threshold',
    value: 'MM',
    help: 'for a rain target: the amount whose probability is forecast',
  },
  combine: {
    name: 'combine',
    value: 'C',
    help: 'none, or best: blend the LSTM with ridge regression, persistence and climatology in the shares that do best on earlier readings',
  },
  scalerFit: {
    name: 'scaler',
    value: 'S',
    help: 'rows the scaler learns from: training (those of the training part), or all as the lesson does',
  },
  filledWindows: {
    name: 'filled-windows',
    value: 'F',
    help: 'windows in which a filled gap tells what was read only later: leave-out, or keep as the lesson does',
  },
  leadSteps: {
    name: 'lead-steps',
    value: 'L',
    help: 'with forecasts that are known ahead: together, all lead times from the last step of the window; or stepped, the network goes on through them',
  },
  initialisation: { name: 'init', value: 'I', help: 'first weights as keras or as pytorch' },
  calendarYear: { ...CALENDAR, read: (text) => /year/.test(text) },
  yearHarmonics: {
    name: 'year-harmonics',
    value: 'N',
    help: 'waves that tell the day of the year: 1 to 4; one is too plain for a monsoon or a double rainy season',
  },
  calendarDay: { ...CALENDAR, read: (text) => /day/.test(text) },
  seed: { name: 'seed', value: 'N', help: 'seed of the first weights and of the order of the windows' },
  members: {
    name: 'members',
    value: 'N',
    help: 'networks, each from a seed of its own, whose mean forecast is taken; trained side by side',
  },
} satisfies Record<SettingName, SettingOption>;

/** What `parseSettings` reads. */
export const settingOptions: Options = {
  preset: { value: 'P', help: 'tutorial or recommended (the default); the options below change it' },
  ...Object.fromEntries(Object.values(optionOf).map(({ name, value, help }) => [name, { value, help }])),
};

const numberOf = (text: string): number => (text.trim() === '' ? NaN : Number(text));
const SWITCHES: Readonly<Record<string, boolean>> = { on: true, off: false };

/** What a text means by the kind of its setting. Whether that is a value for it, the schema judges. */
function readByKind(name: SettingName, option: string, text: string): unknown {
  if (isOfKind(name, 'number')) return text === 'off' ? null : numberOf(text);
  if (isOfKind(name, 'switch')) return SWITCHES[text];
  return isOfKind(name, 'moment') ? parseInstant(`--${option}`, text, 'first') : text;
}

/**
 * The preset that was chosen, with the options given laid over it.
 * @param recommended its settings where they are not the usual ones: those that answer a question
 * @throws UsageError
 */
export function parseSettings(
  args: Arguments,
  stepSeconds?: number,
  recommended?: TrainingSettings,
): TrainingSettings {
  const preset = parseChoice(args, 'preset', PRESETS) ?? 'recommended';
  let settings = (preset === 'recommended' && recommended) || presetSettings(preset, stepSeconds);
  for (const setting of SETTING_NAMES) {
    const { name: option, read }: SettingOption = optionOf[setting];
    const text = args.text(option);
    if (text === undefined) continue;
    settings = {
      ...settings,
      [setting]: read === undefined ? readByKind(setting, option, text) : read(text),
    };
    if (isOfKind(setting, 'number') && text !== 'off' && Number.isNaN(numberOf(text))) {
      throw new UsageError(`--${option} is “${text}”, not a number`);
    }
    const issues = trainingSettingsSchema.safeParse(settings).error?.issues ?? [];
    if (issues.length > 0) throw misfit(`--${option} ${text}`, issues);
  }
  return settings;
}
