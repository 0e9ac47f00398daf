import { LISTED_SETTINGS, RANGED_SETTINGS, type SearchedSetting, type SearchSpace } from '../contract/search';
import { SETTINGS } from '../contract/settings';
import { randomSource } from '../network';

export type TrialChoice = Readonly<Partial<Record<SearchedSetting, number>>>;

/**
 * The settings of a trial: each range evenly by the logarithm, each list evenly. Follows from the seed and the trial's
 * number alone, and each setting from a stream of its own: searching one more changes none of the others.
 * @param number from 1
 */
export function sampleTrial(space: SearchSpace, seed: number, number: number): TrialChoice {
  const choice: Partial<Record<SearchedSetting, number>> = {};
  const random = (name: SearchedSetting) => randomSource(seed, `search ${name} ${number}`);
  for (const name of RANGED_SETTINGS) {
    const range = space[name];
    if (range === null) continue;
    const drawn = Math.exp(random(name).uniform(Math.log(range.min), Math.log(range.max)));
    // Two digits are as good as ten, and can be read.
    const round = Number.isInteger(SETTINGS[name].step) ? Math.round(drawn) : Number(drawn.toPrecision(2));
    choice[name] = Math.min(range.max, Math.max(range.min, round));
  }
  for (const name of LISTED_SETTINGS) {
    const list = space[name];
    if (list === null) continue;
    choice[name] = list[random(name).integer(0, list.length - 1)]!;
  }
  return choice;
}
