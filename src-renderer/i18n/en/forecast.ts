export const forecast = {
  title: 'Forecast',
  lead: 'From the last reading ahead, with intervals at each lead time and how often such intervals held.',
  lockedTitle: 'Nothing to forecast with yet',
  lockedText: 'Train a model or open a run; then it forecasts from the last reading here.',
  toTrain: 'Go to Train',
  toRuns: 'Go to Runs',
  loading: 'Forecasting…',
  retry: 'Try again',
  plot: (name: string) => `Forecast of ${name}`,
  plotLabel: (name: string, first: string, date: string) =>
    `Forecast of ${name} after the last readings: ${first} on ${date}. The table has all values.`,
  pictureTitle: (name: string, issuedAt: string) => `Forecast of ${name} from the reading of ${issuedAt}`,
  issuedAt: 'Last reading',
  table: 'Values',
  date: 'Date',
  leadTime: 'Lead',
  value: 'Forecast',
  expectedError: 'Expected error',
  expectedErrorHelp:
    'The expected error is the LSTM’s RMSE at that lead time on the held-back part: a usual miss, not a bound.',
  coverage: (narrow: string, middle: string, wide: string) =>
    `Measured on the held-back part: the 50 % intervals held ${narrow} of the readings, the 80 % ones ${middle}, the 95 % ones ${wide}.`,
  intervalsHelp:
    'Intervals go with the season and follow recent errors; they keep within what is physically possible.',
  tooNarrow:
    'No validation part was kept, so the intervals were learned from errors on readings that the model was trained on: they are too narrow. Give validation a share in Model for honest ones.',
  noIntervals: 'There were too few windows to learn intervals from.',
  saveCsv: 'Save as CSV',
  copy: 'Copy table',
  copied: 'Copied',
  saveSvg: 'Save as SVG',
  savePng: 'Save as PNG',
  saved: 'Saved:',
  showInFolder: 'Show in folder',
};
