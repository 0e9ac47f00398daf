import { describeWeatherEvent } from '../contract/event-text';
import { warningsOf as warningsOut } from '../contract/events';
import type { Issued, Warning } from '../contract/watch';

/** The warnings that a forecast gives rise to: the one place where they are made. */
export function warningsOf({ forecast }: Pick<Issued, 'forecast'>): readonly Warning[] {
  return warningsOut(forecast).map(({ event, unit, stepSeconds, probability }) => ({
    text: describeWeatherEvent(event, unit, stepSeconds),
    probability,
  }));
}
