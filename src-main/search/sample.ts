import {
  ALL_INPUTS,
  INPUT_SHARE,
  LISTED_SETTINGS,
  RANGED_SETTINGS,
  TRIED_SETTINGS,
  type SearchedSetting,
  type SearchSpace,
  type SearchTrial,
} from '../contract/search';
import { SETTINGS, type TrainingSettings } from '../contract/settings';
import { randomSource } from '../network';

export type TrialChoice = SearchTrial['choice'];

/** Of the trials, the share in which each of the settings that are tried one by one stays as it is set. */
const STAYS = 0.5;

/**
 * The settings of a trial: each range evenly by the logarithm, each list evenly; switches, schedule and inputs as they are
 * set in half of the trials. Follows from the seed and the trial's number alone, and each setting from a stream of its own:
 * searching one more changes none of the others.
 * @param number from 1
 * @param asSet the settings where the search begins
 */
export function sampleTrial(
  space: SearchSpace,
  seed: number,
  number: number,
  asSet: TrainingSettings,
): TrialChoice {
  const choice: { -readonly [N in SearchedSetting]?: TrialChoice[N] } = {};
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
  const tried = <T>(name: SearchedSetting, values: readonly T[], usual: T): T => {
    const source = random(name);
    return source.uniform(0, 1) < STAYS && values.includes(usual)
      ? usual
      : values[source.integer(0, values.length - 1)]!;
  };
  for (const name of TRIED_SETTINGS) {
    const values = space[name];
    if (values !== null) choice[name] = tried<boolean | string>(name, values, asSet[name]);
  }
  const shares = space[INPUT_SHARE];
  if (shares !== null) choice[INPUT_SHARE] = tried(INPUT_SHARE, shares, ALL_INPUTS);
  return choice;
}
