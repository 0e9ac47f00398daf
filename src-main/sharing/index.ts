export { atStation, curveAt, curveStations, leftOutTogether } from './learning-curve';
export { learnShared, tune, type SharedNetwork } from './learn-shared';
export { commonInputs, groupsOf, whyNotShared, type MemberStation } from './member-station';
export { sharedParts } from './parts';
