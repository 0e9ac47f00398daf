export {
  calendarNames,
  calendarPeriods,
  calendarReader,
  dayOfYear,
  hourOfDay,
  timeAfter,
  type Calendar,
} from './calendar';
export { correlationOf } from './correlation';
export { foretells } from './foretelling';
export { shortestDecimal } from './decimal';
export { formatInstant } from './instants';
export type { LeadRows } from './lead-rows';
export {
  calendarOf,
  firstWindow,
  inputVariables,
  networkOf,
  networkShape,
  prepare,
  prepareParts,
  scaleInputs,
  summarisePreparation,
  targetVariable,
  targetVariables,
  type Preparation,
} from './preparation';
export {
  fitScaler,
  IDENTITY_SCALER,
  type Scaler,
  scaleValue,
  standardise,
  unscaleValue,
  unscaleValues,
} from './scaler';
export { errorsOfService, requireService, runningMeans, withServiceErrors } from './service';
export { endingBefore, rowsOfWindows, splitWindows, windowStarts, type Split } from './windows';
export { withInputs, withoutInputs } from './with-inputs';
