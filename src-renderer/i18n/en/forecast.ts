import { describeCoverage, type ByLevel } from '../../../src-main/contract/intervals';
import { SHARED_WORDS } from '../../../src-main/contract/words';

const { noIntervals, tooNarrow, withoutService } = SHARED_WORDS.en;

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
  coverage: (coverage: ByLevel<number>) => describeCoverage(coverage),
  intervalsHelp:
    'Intervals go with the season and follow recent errors; they keep within what is physically possible.',
  tooNarrow: `${tooNarrow} Give validation a share in Model for honest ones.`,
  noIntervals,
  withoutService,
  withoutServiceError: 'Its expected error is its RMSE at that lead time on the held-back part.',
  saveCsv: 'Save as CSV',
  copy: 'Copy table',
  copied: 'Copied',
  saveSvg: 'Save as SVG',
  savePng: 'Save as PNG',
  saved: 'Saved:',
  showInFolder: 'Show in folder',
};
