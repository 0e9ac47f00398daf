import { describeCombination, type Combination } from '../../../src-main/contract/combination';
import type { MemberScores, ServiceComparison, Verdict } from '../../../src-main/contract/results';
import {
  describeForetelling,
  describeSeeds,
  describeService,
  describeVerdict,
} from '../../../src-main/contract/verdict';
import { SHARED_WORDS } from '../../../src-main/contract/words';

const { methods, blend } = SHARED_WORDS.en;

export const verify = {
  title: 'Verify',
  lead: 'How good is it on readings it has never seen? Every score stands beside simpler forecasts.',
  lockedTitle: 'Nothing to verify yet',
  lockedText: 'Train a model or open a run; then its score on the held-back part is shown here.',
  toTrain: 'Go to Train',
  toRuns: 'Go to Runs',
  loading: 'Forecasting the held-back part…',
  retry: 'Try again',
  verdict: (verdict: Verdict) => describeVerdict(verdict),
  overService: (comparison: ServiceComparison, unit: string) => describeService(comparison, unit),
  foretelling: (names: readonly string[]) => describeForetelling(names),
  combination: (combination: Combination, unit: string) =>
    `${describeCombination(combination, unit)} “LSTM” in the plots below is this blend; Model can turn it off.`,
  scores: 'Scores',
  scoresCaption: (count: string, from: string, to: string) =>
    `On the held-back part: ${count} windows, ${from} to ${to}. Best in bold.`,
  unread: SHARED_WORDS.en.unread,
  method: 'Forecast by',
  rmse: 'RMSE',
  mae: 'MAE',
  bias: 'Bias',
  skill: 'Skill',
  best: 'best',
  skillOverBest: 'Skill over best',
  saved: (share: string, interval: string | null) =>
    `Squared error saved against the best baseline: ${share} %${interval === null ? '' : ` (95 % interval: ${interval} %)`}.`,
  range: (low: string, high: string) => `${low} to ${high}`,
  byLeadScores: 'Scores by lead time',
  byLeadTable: 'Every lead time with its interval',
  scoresOf: 'Scores of',
  allLeads: 'All',
  intervalsHelp:
    'Below each number: its 95 % interval, from 1,000 resamples of whole stretches of days. “Skill over best” is squared error saved against the baseline that did best at that lead time, named below it.',
  rmseHelp: 'Root-mean-square error: large misses count more.',
  maeHelp: 'Mean absolute error: how far off it is on average.',
  biasHelp: 'Mean of predicted minus observed: above zero, it forecasts too high.',
  correlation: 'Corr.',
  correlationHelp: 'Correlation: how far predicted and observed rise and fall together; 1 is wholly.',
  mase: 'MASE',
  maseHelp: 'Mean absolute error, in units of the mean change from one learning reading to the next.',
  skillHelp: 'Squared error saved against persistence: 100 % is perfect, 0 % no better than persistence.',
  ...methods,
  modelHelp: 'The network you trained.',
  blend,
  blendHelp: 'The network you trained, blended with simple models.',
  persistenceHelp: 'Tomorrow will be like today: the last reading, unchanged.',
  dampedPersistenceHelp: 'The last departure from the usual value, fading with each step.',
  climatologyHelp: 'The usual value for that day of the year.',
  seasonalNaiveHelp: 'The value one year before (one day, where hours span less than two years).',
  serviceHelp: 'The forecast of the weather service as it stands.',
  serviceCorrectedHelp: 'The same less its mean error of the last days, as known when it was issued.',
  ridgeHelp: 'A straight-line model (linear regression) on the same window.',
  plot: 'Observed and predicted',
  plotLabel: (name: string, from: string, to: string, rmse: string) =>
    `${name}, observed and predicted by the LSTM, ${from} to ${to}. Its RMSE is ${rmse}.`,
  show: 'Show',
  leadTime: 'Lead time',
  thinned: (every: string, count: string) => `Drawn: one in ${every} of ${count} forecasts.`,
  residuals: 'Residuals: predicted minus observed',
  residualsLabel: (from: string, to: string, mean: string, largest: string) =>
    `Residuals of the LSTM, ${from} to ${to}: ${mean} on average, ${largest} at most.`,
  histogram: 'How often by how much',
  histogramLabel: (share: string, size: string) =>
    `Histogram of the residuals: ${share} of them are within ${size} of zero.`,
  autocorrelation: 'Does an error tell of the next?',
  autocorrelationLabel: (first: string) =>
    `Autocorrelation of the residuals: ${first} from one step to the next.`,
  autocorrelationHelp:
    'By chance about one bar in twenty goes beyond the dashed lines. More, or a tall first one, mean that something is left to learn.',
  byMonth: 'Error by month',
  byHour: 'Error by hour of day',
  byGroupLabel: (count: string, worst: string, rmse: string) =>
    `The LSTM’s RMSE is largest at ${worst}: ${rmse}. ${count} points are shown.`,
  worstDays: 'The ten worst days',
  worstCaption: 'Days of the LSTM’s largest errors on the held-back part, the largest first.',
  date: 'Date',
  observed: 'Observed',
  predicted: 'Predicted',
  error: 'Error',
  scatter: 'Predicted against observed',
  scatterLabel: (count: string) =>
    `${count} forecasts, predicted against observed. On the diagonal, a forecast is perfect.`,
  byLead: 'Error by lead time',
  byLeadLabel: (rmseFirst: string, last: string, rmseLast: string) =>
    `RMSE by lead time: the LSTM has ${rmseFirst} at lead 1 and ${rmseLast} at lead ${last}.`,
  members: 'The networks alone',
  membersText:
    'RMSE of each network before their forecasts are averaged; how far they differ is what chance in the training does.',
  seeds: (members: MemberScores, verdict: Verdict) => describeSeeds(members, verdict),
  membersMean: 'Mean RMSE',
  membersSd: 'Standard deviation',
  network: (number: string) => `Network ${number}`,
  lesson: 'The lesson’s number',
  lessonText: 'Mean squared error on the test part in scaled units: the number the lesson prints.',
  lessonModel: 'LSTM',
  lessonPersistence: 'Persistence',
};
