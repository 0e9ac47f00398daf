export const coverage = {
  title: 'Do the intervals hold?',
  sentence: (held: string, count: string) =>
    `The 95 % intervals held ${held} of what was observed, over ${count} forecasts of the held-back part.`,
  promised: 'Promised',
  level: (level: string) => `${level} %`,
  held: 'Held',
  picture: 'Held, beside what was promised',
  below: 'Below',
  above: 'Above',
  width: 'Mean width',
  score: 'Interval score',
  byLead: 'By lead time',
  help: (frozen: string) =>
    `An interval is learned from errors before the held-back part and follows each error that was known when the forecast was given; had it stayed as it was, the 95 % ones would have held ${frozen}. The interval score is the width, and more for each reading outside: lower is better.`,
  tooNarrow:
    'No validation part was kept, so the intervals started from errors on readings that the model was trained on, which are too small. Give validation a share in Model for honest ones.',
};
