import { parseEvent } from '../contract/event-text';
import { costsSchema, MOST_WARNINGS, type Costs, type EventContext, type Warning } from '../contract/events';
import { UsageError, type Arguments, type Options } from './arguments';

/** The options of `train` and `verify` about events. */
export const WARNING_OPTIONS: Options = {
  event: {
    value: 'E',
    help: "what to warn of: 'temp_min < 0', 'temp_max > 33 at 2 days', 'precipitation >= 5 over 24h', 'change pressure < -5 over 6h' (may be given again)",
    multiple: true,
  },
  cost: {
    value: 'X',
    help: 'what it costs to cover against the event, with --damage: warned is above cost over damage',
  },
  damage: {
    value: 'X',
    help: 'what the damage costs where one did not cover; without both, warned is above 50 %',
  },
};

/** @throws UsageError, Problem 'event-invalid' */
export function parseWarnings(args: Arguments, context: EventContext): readonly Warning[] {
  const texts = args.all('event');
  const costs = parseCosts(args);
  if (costs !== null && texts.length === 0) throw new UsageError('--cost and --damage are of an --event');
  if (texts.length > MOST_WARNINGS) throw new UsageError(`--event is given more than ${MOST_WARNINGS} times`);
  return texts.map((text) => ({ event: parseEvent(text, context), costs }));
}

function parseCosts(args: Arguments): Costs | null {
  const [cost, loss] = [args.text('cost'), args.text('damage')];
  if (cost === undefined && loss === undefined) return null;
  if (cost === undefined || loss === undefined) throw new UsageError('--cost and --damage go together');
  const parsed = costsSchema.safeParse({ cost: Number(cost), loss: Number(loss) });
  if (parsed.success) return parsed.data;
  throw new UsageError(
    `--cost ${cost} --damage ${loss}: both must be numbers above 0, and covering must cost less than the damage`,
  );
}
