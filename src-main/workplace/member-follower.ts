import type { EpochRecord } from '../contract/training';
import { Turns } from '../files/turns';
import { memberFolder, readProgress, unpackMember } from '../library';
import type { JobSender } from '../queue';
import type { Members } from '../services';
import { MEMBER_JOB, type MemberAsk } from './member-job';

type Place = Parameters<Members['train']>[0];
type Tell = Parameters<Members['train']>[1];

/**
 * Tells each epoch of a network once, whoever trains it and however often it is told here: who goes on from what was kept last does
 * again what had been told already.
 */
export function tellingOnce(tell: Tell): Tell {
  let told = 0;
  return (event) => {
    if (event.kind !== 'progress') return tell(event);
    const records = event.records.filter(({ epoch }) => epoch > told);
    told = records.at(-1)?.epoch ?? told;
    tell({ ...event, records });
  };
}

/**
 * Tells how far a network is that a worker trains, and fetches what the worker lays with the broker: its epochs are then shown,
 * and what was trained so far is on this disk too. After its end nothing of it is told: who goes on writes into the same folder.
 */
export class MemberFollower {
  readonly #sender: Pick<JobSender, 'leaveMs' | 'left'>;
  readonly #place: Place;
  readonly #epochs: number;
  readonly #tell: Tell;
  readonly #turns = new Turns();
  #first: { readonly at: number; readonly epoch: number } | null = null;
  #bestEpoch = 0;
  #fraction = 0;
  #step = 0;
  #fetchedAt = performance.now();
  #isFetching = false;
  #isFollowing = false;

  /** @param epochs at most */
  constructor(sender: Pick<JobSender, 'leaveMs' | 'left'>, place: Place, epochs: number, tell: Tell) {
    this.#sender = sender;
    this.#place = place;
    this.#epochs = epochs;
    this.#tell = tell;
  }

  /** Again after a pause. */
  begin(): void {
    this.#isFollowing = true;
    this.#first = null;
  }

  /** @param fraction as the worker said it last */
  hear(fraction: number | null, asked: MemberAsk): void {
    if (!this.#isFollowing || fraction === null) return;
    if (fraction > this.#fraction) this.#say([], fraction);
    if (this.#isFetching || performance.now() - this.#fetchedAt < this.#sender.leaveMs) return;
    this.#isFetching = true;
    void this.#fetch(asked)
      // The broker is away, or what was laid there is not whole: the next will be.
      .catch(() => undefined)
      .finally(() => {
        this.#fetchedAt = performance.now();
        this.#isFetching = false;
      });
  }

  /** Lays what came of it into the folder, after what is being laid there, and tells its epochs; after its end nothing. */
  async lay(action: () => Promise<void>): Promise<void> {
    await this.#turns.take(async () => {
      if (!this.#isFollowing) return;
      await action();
      await this.#tellWhatIs();
    });
  }

  /** Resolves when nothing more is laid into the folder. */
  async end(): Promise<void> {
    this.#isFollowing = false;
    await this.#turns.done();
  }

  /** Tells the epochs in the folder. @throws Problem of reading */
  async #tellWhatIs(): Promise<void> {
    const { folder, member } = this.#place;
    const progress = await readProgress(memberFolder(folder, member));
    if (progress === null) return;
    this.#bestEpoch = progress.checkpoint.bestEpoch;
    this.#say(progress.history, Math.max(this.#fraction, progress.checkpoint.epoch / this.#epochs));
  }

  async #fetch(asked: MemberAsk): Promise<void> {
    const left = await this.#sender.left(MEMBER_JOB, asked);
    if (left === null || left.step <= this.#step) return;
    await this.lay(async () => {
      if (left.step <= this.#step) return;
      await unpackMember(left.bytes, this.#place.folder, this.#place.member);
      this.#step = left.step;
    });
  }

  #say(records: readonly EpochRecord[], fraction: number): void {
    this.#fraction = fraction;
    const epoch = fraction * this.#epochs;
    const now = performance.now();
    this.#first ??= { at: now, epoch };
    const rate = now === this.#first.at ? 0 : ((epoch - this.#first.epoch) / (now - this.#first.at)) * 1000;
    this.#tell({
      kind: 'progress',
      records,
      fraction,
      epochsPerSecond: rate,
      secondsLeft: rate === 0 ? null : (this.#epochs - epoch) / rate,
      bestEpoch: this.#bestEpoch,
    });
  }
}
