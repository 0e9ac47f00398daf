import { describeThreshold } from '../../../src-main/contract/probability';

export const rain = {
  title: (amount: string) => `How likely is rain of at least ${amount}?`,
  sentence: (amount: string, frequency: string, skill: string, isBetter: boolean) =>
    `At least ${amount} fell in ${frequency} of the steps of the held-back part. The probabilities ${
      isBetter
        ? `save ${skill} of climatology’s Brier score`
        : `are no better than climatology (Brier skill ${skill})`
    }. How much falls is not promised.`,
  brier: 'Brier score',
  model: 'This model',
  zambretti: 'Zambretti (1915)',
  climatology: 'Climatology',
  skill: 'Brier skill',
  reliability: 'Do the probabilities mean what they say?',
  reliabilityLabel: (count: string) =>
    `Reliability diagram with ${count} dots: how often it rained against the probability that was given. On the diagonal, a probability means what it says.`,
  chart: { said: 'Probability given (%)', happened: 'Happened (%)' },
  help: 'The Brier score is the mean squared difference of the probability and what happened (0 or 1): lower is better. Climatology is the share of such days at that time of the year. A larger dot stands for more forecasts; a small one may lie off the diagonal by chance. Intervals of rain that reach down to 0 hold more than their level.',
  column: (threshold: number, unit: string) => describeThreshold(threshold, unit),
};
