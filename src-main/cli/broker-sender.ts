import type { Series } from '../contract/series';
import { JobSender, type BrokerAddress } from '../queue';
import type { Trials } from '../services';
import { BrokerWorkplace } from '../workplace';
import { describeMembers, likenessOf } from './broker-options';
import type { CommandContext } from './command';

/** To the workers of a broker; who they are is said, and said again when it changes. */
export async function openSender(context: CommandContext, address: BrokerAddress): Promise<JobSender> {
  const { terminal } = context;
  const likeness = await likenessOf(context);
  terminal.say(`The work goes to the broker at ${address.place}`);
  return JobSender.open(address, likeness, {
    signal: context.signal,
    onMembers(members) {
      for (const line of describeMembers(members, likeness)) terminal.say(line);
    },
    onReach(isReached) {
      terminal.say(isReached ? 'The broker is there again' : 'The broker is away; waiting for it');
    },
  });
}

export type TrialsOn = (series: Series) => Trials;

/** Does something that may train trials with the workers of a broker. @param address null: on this machine */
export async function withTrials<T>(
  context: CommandContext,
  address: BrokerAddress | null,
  action: (trialsOn?: TrialsOn) => Promise<T>,
): Promise<T> {
  if (address === null) return action();
  const sender = await openSender(context, address);
  try {
    const place = new BrokerWorkplace(sender);
    return await action((series) => place.trials(series));
  } finally {
    await sender.close();
  }
}
