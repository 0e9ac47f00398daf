export const warnings = {
  title: 'Warnings',
  text: 'Say what you fear, and Hindcast warns of it with each forecast. What such warnings would have done on the held-back part is shown first: trust them as far as that goes.',
  loading: 'Looking at what the warnings would have done…',
  none: 'Nothing is warned of yet.',
  column: 'Warn of',
  columnHelp: 'The column that the event is about: what is forecast, or one of its inputs.',
  of: 'Over the time ahead',
  ofHelp:
    'What is held against the limit: one reading, or the lowest, highest, sum or change over all up to there.',
  kinds: {
    value: 'the reading then',
    lowest: 'the lowest',
    highest: 'the highest',
    sum: 'the sum',
    change: 'the change',
  },
  comparison: 'Is',
  comparisonHelp: 'On which side of the limit the event lies.',
  comparisons: { '<': 'below', '<=': 'at most', '>': 'above', '>=': 'at least' },
  threshold: 'Limit',
  thresholdHelp: 'Where the event begins, in the unit of the column.',
  thresholdError: 'A number is needed.',
  lead: 'Steps ahead',
  leadHelp: (step: string) => `How far the event looks ahead, in steps of ${step}.`,
  leadError: (most: string) => `A whole number from 1 to ${most}.`,
  cost: 'Cost of covering',
  costHelp: 'What it costs you to act on a warning, in any currency; leave both empty if you do not know.',
  loss: 'Damage without it',
  lossHelp: 'What the event costs you where you did not act: you are warned above cost over damage.',
  costsError: 'Both must be above 0, and covering must cost less than the damage.',
  warnedAbove: (share: string) => `You are warned when the probability is above ${share}.`,
  add: 'Warn me of this',
  shown: 'Warned of',
  remove: 'Warn of it no more',
  summary: (event: string, came: string, windows: string) =>
    `${event}: it came in ${came} of ${windows} windows of the held-back part.`,
  sources: {
    distribution: 'The probability comes from the distribution of the forecast',
    logistic: 'The probability comes from a logistic regression of the event itself',
  },
  chosen: (source: string, calibrated: boolean) =>
    `${source}, which did best on the validation part${calibrated ? ' and was calibrated there' : ''}.`,
  rare: (events: string) =>
    `It came only ${events} times in all that was learned from: take these numbers with caution.`,
  table: 'Hits, misses and false alarms',
  came: 'It came',
  cameNot: 'It did not',
  warned: (share: string) => `Warned (above ${share})`,
  notWarned: 'Not warned',
  hits: 'hits',
  misses: 'misses',
  falseAlarms: 'false alarms',
  correctNegatives: 'rightly quiet',
  score: 'Score',
  value: 'Value',
  meaning: 'What it says',
  scores: {
    pod: ['Detected (POD)', 'The share of the events that were warned of; 100 % is best.'],
    far: ['False alarms (FAR)', 'The share of the warnings that nothing followed; 0 % is best.'],
    csi: ['CSI', 'Hits among all that was an event or a warning; 1 is best.'],
    ets: ['ETS', 'The same, with what chance would hit taken off.'],
    hss: ['Heidke skill', 'How much more is right than by chance; 1 is best, 0 no better than chance.'],
    bias: ['Frequency bias', 'Warnings for each event: above 1 it warns too often.'],
    peirce: ['Peirce skill', 'The share of events detected less the share of quiet times that were alarmed.'],
    sedi: ['SEDI', 'Made for rare events, where the other scores fall towards 0; 1 is best.'],
    brierSkill: [
      'Brier skill',
      'How much better the probabilities are than how often it comes at that time of the year.',
    ],
    rocArea: [
      'Area under ROC',
      'How often an event had a higher probability than a quiet time; 0.5 is chance.',
    ],
  },
  savings: (warned: string, always: string, never: string, perfect: string) =>
    `On the held-back part you would have spent ${warned} with these warnings, ${always} always covering, ${never} never covering, and ${perfect} had you known.`,
  rocTitle: 'Hits against false alarms (ROC)',
  rocLabel: (area: string) => `ROC curve; the area under it is ${area}.`,
  rocHelp:
    'The farther the curve bends to the upper left, the better events are told from quiet times; the ring is where your warnings lie.',
  roc: {
    hitRate: 'Events warned of (%)',
    falseAlarmRate: 'Quiet times warned of (%)',
    threshold: 'Warned above',
    chance: 'No better than chance',
    own: 'Your warnings',
  },
  reliabilityTitle: 'Do the probabilities mean what they say?',
  reliabilityLabel: (count: string) =>
    `Reliability diagram with ${count} dots: how often the event came against the probability that was given.`,
  reliabilityHelp:
    'On the diagonal, 30 % means that it comes 3 times in 10; a dot within its bar may be off it by chance alone.',
  reliability: { said: 'Probability given (%)', happened: 'Came (%)' },
  valueTitle: 'What are the warnings worth, and to whom?',
  valueLabel: (best: string) => `Economic value against cost over damage; at most ${best}.`,
  valueHelp:
    '100 % is what perfect warnings would save; where the curve is below 0, always or never covering is cheaper. The upright line is your own ratio.',
  valueChart: { ratio: 'Cost of covering in % of the damage', value: 'Economic value (%)' },
  /** On the Forecast screen. */
  forecast: {
    title: 'Warnings',
    event: 'Event',
    probability: 'Probability',
    decision: 'Warning',
    record: 'On the held-back part',
    warn: 'Warned',
    quiet: 'Not warned',
    above: (share: string) => `Warned above ${share}: more likely than not.`,
    aboveCosts: (share: string, cost: string, loss: string) =>
      `Warned above ${share}: covering costs ${cost}, the damage ${loss}.`,
    past: (hits: string, warned: string, missed: string, events: string) =>
      `${hits} of ${warned} warnings came true; ${missed} of ${events} events were missed.`,
  },
};

export const distribution = {
  title: 'Is it as sure as it should be?',
  sentence: (crps: string, climatology: string, skill: string) =>
    `Taken as a whole distribution, the forecast is off by ${crps} (CRPS); what is usual at that time of the year, by ${climatology}: a skill of ${skill}.`,
  rankTitle: 'Where observations fall within their forecast',
  rankLabel: (least: string, most: string) =>
    `PIT histogram: between ${least} and ${most} of the observations lie in each tenth of their forecast’s distribution.`,
  rankHelp:
    'Level bars mean that the forecast is as sure as it should be; a bowl that it is too sure, a hill that it is too cautious, a slope that it is too high or too low.',
  rank: { rank: 'Place in the distribution (%)', share: 'Observations (%)' },
  spreadTitle: 'Is it less sure where it errs more?',
  spreadLabel: (count: string) => `Error against promised spread, in ${count} groups of forecasts.`,
  spreadHelp:
    'Each dot is as many forecasts; on the diagonal their errors were as large as the forecast said that they would be.',
  spread: {
    spread: 'Promised spread',
    error: 'Error (RMSE)',
    forecasts: 'Forecasts',
    perfect: 'As promised',
  },
  quantiles: 'Each quantile',
  level: 'Quantile',
  below: 'Observed below it',
  quantileHelp:
    'Of 100 observations, 10 should lie below the 10 % quantile; more or less is too high or too low a line.',
};
