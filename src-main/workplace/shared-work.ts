import { setTimeout as pause } from 'node:timers/promises';
import type { BrokerView, WorkerView } from '../contract/broker-view';
import { toProblem, type ProblemData } from '../contract/problems';
import {
  JobSender,
  likenessWith,
  parseBrokerAddress,
  type BrokerAddress,
  type JobSenderHooks,
  type Likeness,
  type Member,
} from '../queue';
import { BrokerWorkplace } from './broker-workplace';
import type { Workplace } from './workplace';

const LOOK_EVERY_MS = 2000;
/** Who presses a button waits for a broker no longer. */
const SOON_MS = 5000;

export interface SharedWorkParts {
  /** What this machine computes LSTMs with. @throws Problem 'engine-missing', 'trainer-failed' */
  kernels(): Promise<string>;
  /** The address that is kept, with its password; null: none. */
  read(): Promise<string | null>;
  /** Keeps it where only this user can read it. @returns whether that was possible */
  keep(address: string | null): Promise<boolean>;
  changed(view: BrokerView): void;
}

/** What is known of a broker that is set. */
interface Known {
  readonly address: BrokerAddress;
  readonly isKept: boolean;
  /** Null before anybody turned to it, and where that failed. */
  sender: Promise<JobSender> | null;
  state: Exclude<BrokerView['state'], 'none'>;
  problem: ProblemData | null;
  members: readonly Member[];
  timer: NodeJS.Timeout | undefined;
  isLeft: boolean;
}

/** The broker of the window: where it is, who works for it, and the way there, which is opened when it is first needed. */
export class SharedWork {
  readonly #parts: SharedWorkParts;
  #known: Known | null = null;
  #own: Likeness | null = null;
  /** What was read of it when the app began. */
  #loading: Promise<void> | null = null;
  #told = '';

  constructor(parts: SharedWorkParts) {
    this.#parts = parts;
  }

  /** Turns to the broker that is set, if there is one; that becomes known by `changed`. */
  async view(): Promise<BrokerView> {
    await this.#load();
    if (this.#known !== null) void this.#connect(this.#known).catch(() => undefined);
    return this.#now();
  }

  /**
   * Sets a broker in the place of the one before; null: work is done on this machine.
   * @throws Problem 'broker-invalid', 'broker-unreachable', 'broker-refused', 'cannot-write': the one before stays
   */
  async set(text: string | null): Promise<BrokerView> {
    await this.#load();
    const address = text === null ? null : await parseBrokerAddress(text);
    const known = address === null ? null : newlyKnown(address, false);
    if (known !== null) {
      try {
        await this.#connect(known);
      } catch (error) {
        // Said by the refusal, and not by the one that stays.
        this.#tell();
        throw error;
      }
    }
    await this.#leave();
    const isKept = await this.#parts.keep(text);
    this.#known = known === null ? null : Object.assign(known, { isKept });
    this.#tell();
    return this.#now();
  }

  /** Where work goes; null: this machine. @throws Problem 'broker-unreachable', 'broker-refused' */
  async workplace(): Promise<Workplace | null> {
    await this.#load();
    return this.#known === null ? null : new BrokerWorkplace(await this.#connect(this.#known));
  }

  /**
   * Where work goes that this machine does as well: null too where the broker cannot be reached soon, or has no worker for it. That
   * becomes known by `changed`.
   */
  async workplaceNow(): Promise<BrokerWorkplace | null> {
    await this.#load();
    const known = this.#known;
    if (known === null) return null;
    const soon = pause(SOON_MS, null, { ref: false });
    const sender = await Promise.race([this.#connect(known), soon]).catch(() => null);
    const members = await Promise.race([sender?.members() ?? [], soon]).catch(() => null);
    const hasWorker = members?.some((each) => each.role === 'worker' && isAlike(each, this.#own)) ?? false;
    return sender !== null && hasWorker && !known.isLeft ? new BrokerWorkplace(sender) : null;
  }

  async close(): Promise<void> {
    await this.#leave();
  }

  #load(): Promise<void> {
    this.#loading ??= this.#parts
      .read()
      .then(async (text) => {
        if (text !== null) this.#known = newlyKnown(await parseBrokerAddress(text), true);
      })
      // One that cannot be read any more is as none.
      .catch(() => undefined);
    return this.#loading;
  }

  #connect(known: Known): Promise<JobSender> {
    if (known.sender !== null) return known.sender;
    known.state = 'connecting';
    known.sender = this.#open(known).then(
      (sender) => {
        known.state = 'reached';
        known.problem = null;
        this.#look(known, sender);
        return sender;
      },
      (error: unknown) => {
        known.sender = null;
        known.state = 'failed';
        known.problem = toProblem(error).toData();
        this.#tell();
        throw error;
      },
    );
    this.#tell();
    return known.sender;
  }

  async #open(known: Known): Promise<JobSender> {
    this.#own ??= likenessWith(await this.#parts.kernels());
    const hooks: JobSenderHooks = {
      onReach: (isReached) => {
        known.state = isReached ? 'reached' : 'away';
        this.#tell();
      },
    };
    return JobSender.open(known.address, this.#own, hooks);
  }

  /** Who is there, and what they do, until it is left. */
  #look(known: Known, sender: JobSender): void {
    const look = async (): Promise<void> => {
      known.members = await sender.members().catch(() => known.members);
      if (known.isLeft) return;
      this.#tell();
      known.timer = setTimeout(() => void look(), LOOK_EVERY_MS);
    };
    void look();
  }

  async #leave(): Promise<void> {
    const known = this.#known;
    this.#known = null;
    if (known === null) return;
    known.isLeft = true;
    clearTimeout(known.timer);
    const sender = await known.sender?.catch(() => null);
    await sender?.close();
  }

  #now(): BrokerView {
    if (this.#known === null) return NO_BROKER;
    const { address, isKept, state, problem, members } = this.#known;
    const workers = members
      .filter(({ role }) => role === 'worker')
      .map((member) => viewOf(member, this.#own));
    return { state, place: address.place, isKept, problem, workers };
  }

  #tell(): void {
    const view = this.#now();
    const told = JSON.stringify(view);
    if (told === this.#told) return;
    this.#told = told;
    this.#parts.changed(view);
  }
}

const NO_BROKER: BrokerView = { state: 'none', place: null, isKept: true, problem: null, workers: [] };

const newlyKnown = (address: BrokerAddress, isKept: boolean): Known => ({
  address,
  isKept,
  sender: null,
  state: 'idle',
  problem: null,
  members: [],
  timer: undefined,
  isLeft: false,
});

/** Whether it does work of this machine. */
const isAlike = ({ version, kernels }: Likeness, own: Likeness | null): boolean =>
  version === own?.version && kernels === own.kernels;

function viewOf(member: Member, own: Likeness | null): WorkerView {
  const { name, version, kernels, device, jobs, done, seconds, doing } = member;
  return {
    name,
    version,
    kernels,
    device,
    isAlike: isAlike(member, own),
    jobs,
    perMinute: done === 0 || seconds === 0 ? null : (60 * done) / seconds,
    doing: Object.values(doing),
  };
}
