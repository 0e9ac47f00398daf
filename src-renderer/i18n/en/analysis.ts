import { describeRolling } from '../../../src-main/contract/rolling';

export const analysis = {
  starting: 'Starting…',
  range: (low: string, high: string) => `${low} to ${high}`,
  importance: 'Which input could you do without?',
  importanceHelp:
    'Each input in turn is shown to the model from another time of the held-back part: whole stretches change places. The more the error rises, the more the model relied on it. Inputs that tell the same share their importance.',
  measure: 'Measure',
  measureAgain: 'Measure again',
  measuring: 'Shuffling inputs',
  byInput: 'Rise of the RMSE by input',
  byLag: 'Rise of the RMSE by reading of the window',
  input: 'Input',
  lagColumn: 'Readings before the forecast',
  rise: 'Rise of RMSE',
  spread: 'Lowest to highest',
  lag: (from: number, to: number) => {
    if (from === to) return from === 1 ? '1 (the newest)' : String(from);
    return `${from} to ${to}`;
  },
  circles: { 'day of year': 'Season (day of year)', 'hour of day': 'Hour of day' } as Readonly<
    Record<string, string>
  >,
  allHelp: (least: string, rise: string) =>
    `Every input helps. The least is ${least}: without its information the RMSE rises by ${rise}.`,
  couldSpare: (names: string, most: string) =>
    `This model could do without ${names}: shuffling raises the RMSE by ${most} at most.`,
  importanceNote: (windows: string, rmse: string, repeats: string) =>
    `On ${windows} windows of the held-back part with an RMSE of ${rmse}; mean and range of ${repeats} shufflings.`,
  rolling: 'Would training again pay?',
  rollingHelp:
    'The scores above are those of a model that is never trained again. Here it goes through the held-back part and learns anew on its way, each time from all that had been read by then and nothing later; so do the baselines.',
  every: 'Train again every',
  everyHelp: 'Forecasts between two trainings.',
  everyError: (most: string) => `Enter a whole number from 1 to ${most}.`,
  trainings: (count: string, one: boolean) =>
    one ? 'forecasts: 1 training' : `forecasts: ${count} trainings`,
  restart: 'Begin from',
  restartHelp: 'Training on takes a tenth of the epochs.',
  restarts: { warm: 'The weights there are', anew: 'New weights' },
  roll: 'Go through it',
  rollingOn: 'Training again',
  frozen: 'RMSE, never trained again',
  retrained: 'RMSE, trained again',
  rolled: describeRolling,
};
