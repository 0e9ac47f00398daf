import type { SettingWords } from '../setting-words';

export const model = {
  title: 'Model',
  text: 'Start from a preset, or set everything yourself; the right side shows what it makes of your data.',
  train: 'Train',
  questions: {
    title: 'What do you want to know?',
    names: {
      'next-hours': 'The next hours',
      tomorrow: 'Tomorrow, hour by hour',
      'next-days': 'The next 7 days',
      'highs-and-lows': 'Highs and lows of the next 7 days',
      'rain-tomorrow': 'The rain of tomorrow',
      own: 'My own choice',
    },
    about: (names: string, span: string, step: string) => `${names}: ${span} ahead, step ${step}`,
    ownText: 'Target on Columns, window and horizon below.',
    cannot: {
      'next-hours': 'The readings come too seldom.',
      tomorrow: 'The readings come but once a day, or less often.',
      'next-days': 'The readings come less often than once a day.',
      'highs-and-lows':
        'Needs the temperature every three hours or oftener, or the highest and lowest of each day.',
      'rain-tomorrow': 'Needs a column of rain.',
      own: '',
    },
  },
  remedies: {
    'leave-out': (names: string) => `Leave out ${names}`,
    'hold-last': (names: string) => `Let gaps of ${names} hold the last reading`,
    parts: (_names: string) => 'Begin the parts where there are windows',
    window: (window: string) => `A window of ${window}`,
  },
  settings: 'Settings',
  showSettings: 'Show the settings',
  hideSettings: 'Hide the settings',
  presets: 'Presets',
  presetCards: {
    tutorial: {
      what: 'The settings of the Korean LSTM lesson: window 6, 10 hidden units, 200 epochs, no early stopping.',
      honest:
        'Learns its two years almost by heart, and then usually loses to “tomorrow will be like today”. That is the lesson.',
    },
    recommended: {
      what: 'A longer window, the season as an input, a validation part and early stopping.',
      honest: 'Trained to do well on days that it has not seen. Start here.',
    },
  },
  own: 'Your own settings',
  groups: {
    sees: 'What it sees',
    network: 'Network',
    training: 'Training',
    test: 'Honest test',
  },
  fields: {
    window: { label: 'Window', help: 'How many readings it looks back on to make a forecast.' },
    horizon: { label: 'Horizon', help: 'How many readings ahead it forecasts at once.' },
    residual: {
      label: 'Forecast the change',
      help: 'It learns how the target changes from its last reading on, and adds that reading; the target must be an input.',
    },
    calendarYear: { label: 'Season as an input', help: 'Adds the day of the year as a sine and a cosine.' },
    yearHarmonics: {
      label: 'Waves of the season',
      help: 'How finely the day of the year is described: 1 is a plain wave, 2 tells a short summer or a monsoon too.',
    },
    calendarDay: {
      label: 'Time of day as an input',
      help: 'Adds the hour as a sine and a cosine; for readings several times a day.',
    },
    hidden: {
      label: 'Hidden units',
      help: 'How much each LSTM layer can remember; more learn more, and overfit sooner.',
    },
    layers: { label: 'Layers', help: 'LSTM layers on top of each other; one is enough for most stations.' },
    dropout: {
      label: 'Dropout',
      help: 'Share of values switched off at random between layers, against overfitting; needs two layers.',
    },
    inputDropout: {
      label: 'Input dropout',
      help: 'Share of the input values set to their mean at random, so that it leans on none of them too much.',
    },
    leadSteps: {
      label: 'Lead times',
      help: 'With a weather service’s forecasts: all lead times from the last step of the window, or going on through them.',
      choices: { together: { label: 'Together' }, stepped: { label: 'Step by step' } },
    },
    initialisation: {
      label: 'First weights',
      help: 'How the weights are drawn before training; the lesson does it as PyTorch.',
      choices: { keras: { label: 'As Keras' }, pytorch: { label: 'As PyTorch' } },
    },
    epochs: { label: 'Epochs', help: 'How often it goes through all training windows, at most.' },
    batchSize: {
      label: 'Batch size',
      help: 'Windows per learning step; fewer learn faster per epoch but less steadily.',
    },
    learningRate: {
      label: 'Learning rate',
      help: 'How far each step goes; too large and the loss jumps, too small and it crawls.',
    },
    schedule: {
      label: 'Learning rate over time',
      help: 'How the learning rate changes while it trains.',
      choices: {
        constant: { label: 'Constant', help: 'The same from beginning to end.' },
        cosine: {
          label: 'Falling (cosine)',
          help: 'Falls slowly, then faster, to 0 at the last epoch; good with a fixed number of epochs.',
        },
        plateau: {
          label: 'Halved at a plateau',
          help: 'Halved after 5 epochs without a better validation loss.',
        },
      },
    },
    warmupEpochs: {
      label: 'Warm-up epochs',
      help: 'Epochs over which the learning rate rises from 0 at the beginning; 0 starts at full rate.',
    },
    weightDecay: {
      label: 'Weight decay',
      help: 'Pulls all weights towards 0 a little at each step, against overfitting (AdamW); 0.01 is usual, 0 is off.',
    },
    loss: {
      label: 'Loss',
      help: 'What training makes small.',
      choices: {
        mse: { label: 'Mean squared error', help: 'Punishes large misses most.' },
        mae: { label: 'Mean absolute error', help: 'All misses count by their size; outliers matter less.' },
        huber: { label: 'Huber', help: 'Squared for small misses, absolute for large ones.' },
        pinball: {
          label: 'Pinball (quantiles)',
          help: 'Learns seven quantiles at once: the median is the forecast, the others are where its intervals start from.',
        },
      },
    },
    clipNorm: {
      label: 'Gradient limit',
      help: 'Cuts steps longer than this, so that one strange batch does no harm.',
    },
    patience: {
      label: 'Patience',
      help: 'Epochs without a better validation loss before it stops and keeps the best weights.',
    },
    seed: { label: 'Seed', help: 'The same seed gives the same training again.' },
    members: {
      label: 'Networks',
      help: 'Trains so many side by side, each from the next seed, and forecasts their mean: steadier, but more work.',
    },
    trainShare: {
      label: 'Share for learning',
      help: 'The oldest part of the readings; the newest is held back to test the forecasts on.',
    },
    validationShare: {
      label: 'Validation',
      help: 'The newest part of the learning share, which decides when to stop; 0 draws the curve on the test part, as the lesson does.',
    },
    testFrom: { label: 'Test from' },
    validationFrom: { label: 'Validation from' },
    scalerFit: {
      label: 'Scaler learns from',
      help: 'All rows lets the test part leak a little into training; the lesson does so.',
      choices: { training: { label: 'Training part only' }, all: { label: 'All rows' } },
    },
    filledWindows: {
      label: 'Windows with a filled gap',
      help: 'A gap that a later reading helped to fill tells what came later. Left out are windows that would know it; the lesson keeps them.',
      choices: { 'leave-out': { label: 'Leave out' }, keep: { label: 'Keep' } },
    },
    rainThreshold: {
      label: 'Rain threshold',
      help: 'For a rain target, in mm: how likely at least this much is.',
    },
    combine: {
      label: 'Forecast made of',
      help: 'Often neither is best alone. The share is chosen on the validation part; without one, or with the pinball loss, it is the LSTM alone.',
      choices: {
        none: { label: 'LSTM alone', help: 'The network you train, and nothing else.' },
        best: {
          label: 'LSTM and simple models',
          help: 'Blends it with persistence, climatology and ridge regression, each in the share that did best on earlier readings.',
        },
      },
    },
  } satisfies SettingWords,
  clip: 'Limit gradients',
  clipHelp: 'Guards against a single batch throwing the weights off.',
  earlyStopping: 'Early stopping',
  earlyStoppingHelp: 'Ends training when the validation loss no longer gets better.',
  readings: (count: number): string => (count === 1 ? 'reading' : 'readings'),
  /** Beside the field: '14 [readings = 14 days]'. */
  meaning: (count: number, duration: string) =>
    count === 1 ? `reading = ${duration}` : `readings = ${duration}`,
  stoppingOnTest:
    'Without a validation part, early stopping would choose the weights by the test part and flatter the score. Give validation a share, or turn early stopping off.',
  plateauOnTest:
    'Without a validation part, the learning rate would be chosen by the test part and flatter the score. Give validation a share, or choose another course of the learning rate.',
  days: (count: string, one: boolean) => (one ? '1 day' : `${count} days`),
  hours: (count: string, one: boolean) => (one ? '1 hour' : `${count} hours`),
  minutes: (count: string, one: boolean) => (one ? '1 minute' : `${count} minutes`),
  months: (count: string, one: boolean) => (one ? '1 month' : `${count} months`),
  seconds: (count: string, one: boolean) => (one ? '1 second' : `${count} seconds`),
  errors: {
    missing: 'Enter a number.',
    whole: 'Enter a whole number.',
    range: (min: string, max: string) => `Enter a number from ${min} to ${max}.`,
  },
  summary: 'What this makes of your data',
  checking: 'Checking',
  blocked: 'This cannot be trained yet',
  fixFields: 'A setting on the left needs another value.',
  windows: 'Windows',
  windowsNote: 'windows × readings × inputs',
  inputs: 'Inputs',
  /** Inputs that Hindcast made by their English names, where a language has its own. */
  moreInputs: (count: string) => `and ${count} more`,
  filled: (count: string, name: string) => `${name}: ${count} values filled`,
  parts: 'Parts, from old to new',
  partNames: { train: 'Training', validation: 'Validation', test: 'Test' },
  partsLabel: (train: string, validation: string, test: string) =>
    `${train} windows for training, ${validation} for validation, ${test} for the test`,
  splitTitle: (name: string) =>
    `${name}: drag a handle, or move it with the arrow keys, to where a part begins.`,
  splitChart: (from: string, to: string) => `The readings from ${from} to ${to}, cut into parts`,
  byShare: 'by share',
  byDate: 'by date',
  backToShares: 'Back to shares',
  noWindows: 'none',
  windowsCount: (count: string) => `${count} windows`,
  parameters: 'Parameters',
  parameter: 'Parameter',
  shape: 'Shape',
  count: 'Count',
  total: 'Total',
};
