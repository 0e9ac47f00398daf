import { JobSender, type BrokerAddress } from '../queue';
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
      terminal.say(isReached ? 'The broker is there again' : 'The broker is away');
    },
  });
}

/** Does something whose parts may be trained by the workers of a broker. @param address null: on this machine */
export async function withWorkplace<T>(
  context: CommandContext,
  address: BrokerAddress | null,
  action: (place: BrokerWorkplace | null) => Promise<T>,
): Promise<T> {
  if (address === null) return action(null);
  const sender = await openSender(context, address);
  try {
    return await action(new BrokerWorkplace(sender));
  } finally {
    await sender.close();
  }
}
