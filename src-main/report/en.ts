import type { Leaderboard } from '../contract/fleet';

/** The report's own words in English; what the window says too stands in `contract`. */
export const en = {
  title: (target: string) => `${target}: how well it can be forecast`,
  made: (time: string) => `a report by Hindcast, ${time} UTC`,
  range: (from: string, to: string) => `${from} to ${to}`,
  data: 'Data',
  model: 'Model',
  scores: (from: string, to: string) => `Scores on the held-back part, ${from} to ${to}`,
  scoresNote:
    'In brackets the 95 % interval, by drawing whole stretches of days again. Skill is the share of persistence’s squared error that is saved.',
  hindcast: 'Observed and forecast',
  forecast: (issuedAt: string) => `Forecast after the last reading, ${issuedAt}`,
  values: 'Values',
  errorNote:
    'The expected error is the RMSE on the held-back part at that lead time: what is usual, not a limit.',
  facts: {
    file: 'File',
    readings: 'Readings',
    filled: 'Target values filled',
    struck: 'Struck by hand',
    training: 'Training',
    validation: 'Validation',
    test: 'Test (held back)',
    toldByLater: 'Lets through',
    network: 'Network',
    window: 'Looks back on',
    horizon: 'Forecasts',
    inputs: 'Inputs',
    trained: 'Trained',
  },
  readings: (count: number, step: string, range: string) => `${count}, ${step}, ${range}`,
  moreStruck: (count: number) => `${count} more`,
  noWindows: 'none',
  part: (windows: number, range: string) => `${windows} windows, ${range}`,
  network: (layers: number, hidden: number, parameters: number) =>
    `LSTM, ${layers === 1 ? '1 layer' : `${layers} layers`} of ${hidden} units, ${parameters} parameters`,
  meanOf: (members: number, network: string) => `Mean of ${members} networks, each an ${network}`,
  window: (readings: number) => `${readings} readings`,
  horizon: (steps: number) => (steps === 1 ? '1 step ahead' : `${steps} steps ahead`),
  epochs: (epochs: number, kept: number) => `${epochs} epochs, weights of epoch ${kept}`,
  /** Where there are several networks the numbers are the largest of theirs. */
  epochsOfMembers: (epochs: number, kept: number) =>
    `at most ${epochs} epochs, weights of epoch ${kept} or before`,
  learning: (rate: number, seeds: string) => `learning rate ${rate}, ${seeds}`,
  seed: (seed: number) => `seed ${seed}`,
  seeds: (first: number, last: number) => `seeds ${first} to ${last}`,
  columns: {
    rmse: 'RMSE',
    mae: 'MAE',
    bias: 'Bias',
    skill: 'Skill against persistence',
    time: 'Time',
    forecast: 'Forecast',
    expectedError: 'Expected error',
  },
  warnings: {
    title: 'Warnings',
    event: 'Event',
    probability: 'Probability',
    decision: 'Warning',
    record: 'On the held-back part',
    warned: 'Warned',
    notWarned: 'Not warned',
    above: (share: string) => `above ${share}`,
    aboveCosts: (share: string, cost: number, loss: number) =>
      `above ${share}: covering costs ${cost}, the damage ${loss}`,
    past: (hits: number, warned: number, missed: number, events: number) =>
      `${hits} of ${warned} warnings came true; ${missed} of ${events} events were missed`,
  },
  someLeads: (every: number, count: number) =>
    `One lead time in ${every}; all ${count} are in the CSV of the forecast.`,
  hindcastPicture: {
    label: 'Observed and forecast on the held-back part',
    observed: 'Observed',
    oneStepAhead: (model: string) => `${model}, one step ahead`,
  },
  fleet: {
    title: (stations: number) => `${stations} stations: how well they can be forecast`,
    counts: ({ beats, level, loses, failed }: Leaderboard['counts']) =>
      `Against its best baseline the model is better at ${beats}, cannot be told apart at ${level}, and is worse at ${loses}; ${failed} were not trained.`,
    rate: (percent: string) =>
      `So many tests at once find some differences by chance: of the stations called better or worse at most ${percent} are so by chance, on average (Benjamini and Hochberg, 1995).`,
    leaderboard: 'The stations, the best first',
    columns: {
      station: 'Station',
      target: 'Forecast',
      rmse: 'RMSE',
      best: 'Best baseline',
      skill: 'Skill against persistence',
      skillOverBest: 'Against the best baseline',
      coverage: 'Within the 95 % interval',
      verdict: 'Verdict',
    },
    verdicts: { beats: 'better', level: 'cannot be told apart', loses: 'worse' },
    map: 'Where they are: green better, grey cannot be told apart, orange worse',
    remarks: 'Mapped otherwise than the others',
    failed: 'Not trained',
  },
};
export type ReportWords = typeof en;
