import { phrase } from '../contract/phrases';
import { causeOfProblem, Problem, toProblem } from '../contract/problems';
import type { TrainingAction } from '../contract/training';
import { memberFolder, chooseKeptEpoch, readProgress, readWeights, unpackMember } from '../library';
import type { JobSender } from '../queue';
import { NotBegun, type Members, type MembersAsk, type MembersElsewhere } from '../services';
import { laySeries } from './kept-series';
import { MEMBER_JOB, type MemberAnswer } from './member-job';
import { MemberFollower, tellingOnce } from './member-follower';
import { Pace } from './pace';
import { WhileReached } from './while-reached';

type TrainMember = Members['train'];
type Place = Parameters<TrainMember>[0];
type Tell = Parameters<TrainMember>[1];
type MemberEnd = Awaited<ReturnType<TrainMember>>;

/**
 * The networks of a training with the workers of a broker, a job each. A pause gives up what is under way; afterwards a worker goes
 * on from what was laid with the broker. A stop keeps what was fetched from there, and a broker that is away has this machine go on
 * from that.
 */
export class BrokerMembers implements MembersElsewhere {
  readonly place: string;
  readonly #sender: JobSender;
  readonly #asked: MembersAsk;
  readonly #reached: WhileReached;
  readonly #pace = new Pace();
  /** Of what is with the broker until the next pause. */
  #under = new AbortController();
  #hasEnded = false;
  #keepsWhatIs = false;
  #readings: Promise<string> | null = null;
  readonly #tellers = new Set<Tell>();

  constructor(sender: JobSender, asked: MembersAsk) {
    this.place = sender.place;
    this.#sender = sender;
    this.#asked = asked;
    this.#reached = new WhileReached(sender);
  }

  get pids(): readonly number[] {
    return this.#asked.here.pids;
  }

  async train(ask: Place, onEvent: Tell): Promise<MemberEnd> {
    const tell = tellingOnce(onEvent);
    const follower = new MemberFollower(this.#sender, ask, this.#asked.settings.epochs, tell);
    this.#tellers.add(tell);
    try {
      for (;;) {
        await this.#pace.going();
        if (this.#hasEnded) return await this.#endOfWhatIs(ask);
        const { signal } = this.#under;
        try {
          return await this.#trainSomewhere(ask, follower, tell, signal);
        } catch (error) {
          if (!signal.aborted || !(error instanceof NotBegun)) throw error;
        }
      }
    } finally {
      this.#tellers.delete(tell);
    }
  }

  control(action: TrainingAction): void {
    this.#asked.here.control(action);
    if (action === 'pause') {
      this.#pace.pause();
      this.#under.abort();
    } else if (action === 'resume') {
      this.#under = new AbortController();
      this.#pace.resume();
    } else {
      this.#keepsWhatIs = action === 'stop';
      this.#giveUp();
      return;
    }
    for (const tell of this.#tellers) tell({ kind: action === 'pause' ? 'paused' : 'resumed' });
  }

  release(): ReturnType<Members['release']> {
    return this.#asked.here.release();
  }

  close(): void {
    this.#giveUp();
    this.#asked.here.close();
  }

  #giveUp(): void {
    this.#hasEnded = true;
    this.#under.abort();
    this.#pace.resume();
  }

  #trainSomewhere(ask: Place, follower: MemberFollower, tell: Tell, signal: AbortSignal): Promise<MemberEnd> {
    follower.begin();
    return this.#reached
      .do(
        (left) => this.#trainThere(ask, follower, left),
        async () => {
          await follower.end();
          tell({ kind: 'goes-on-here' });
          return this.#asked.here.train(ask, tell);
        },
        signal,
      )
      .finally(() => follower.end());
  }

  async #trainThere(ask: Place, follower: MemberFollower, signal: AbortSignal): Promise<MemberEnd> {
    const { contents } = this.#sender;
    const { settings, series } = this.#asked;
    this.#readings ??= laySeries(contents, series);
    const asked = { settings, series: await this.#readings, member: ask.member };
    const onProgress = (fraction: number | null): void => follower.hear(fraction, asked);
    const { answer, worker, forget } = await this.#sender.do(MEMBER_JOB, asked, { signal, onProgress });
    try {
      const archive = await contents.get(answer.left);
      await follower.lay(async () => {
        // What goes on elsewhere writes into the same folder.
        signal.throwIfAborted();
        await take(archive, answer, ask);
      });
    } catch (error) {
      const problem = toProblem(error);
      if (problem.code !== 'job-content') throw error;
      throw new Problem('job-result-invalid', { worker, cause: causeOfProblem(problem) });
    } finally {
      // The broker keeps what could not be removed for a week.
      await forget([answer.left]).catch(() => undefined);
    }
    return { ...answer.end, trainedBy: worker, versions: answer.versions };
  }

  /** Of a training that was stopped: what was fetched from the broker. */
  async #endOfWhatIs({ folder, member }: Place): Promise<MemberEnd> {
    const progress = this.#keepsWhatIs ? await readProgress(memberFolder(folder, member)) : null;
    if (progress === null) throw new NotBegun(phrase('not-begun'));
    const { epoch, seconds } = progress.checkpoint;
    const keptEpoch = chooseKeptEpoch(this.#asked.settings, progress.checkpoint, true);
    return { reason: 'stopped', epochs: epoch, keptEpoch, seconds, msPerStep: 0 };
  }
}

/** @throws Problem 'job-content' where it is not what was asked for */
async function take(archive: Uint8Array, { end }: MemberAnswer, { folder, member }: Place): Promise<void> {
  const progress = await unpackMember(archive, folder, member).catch((error: unknown) => {
    const problem = toProblem(error);
    throw problem.code === 'run-damaged'
      ? new Problem('job-content', { cause: causeOfProblem(problem) })
      : error;
  });
  const weights = await readWeights(memberFolder(folder, member), end.keptEpoch);
  if (progress?.checkpoint.epoch !== end.epochs || weights === null)
    throw new Problem('job-content', { cause: phrase('archive-unfinished') });
}
