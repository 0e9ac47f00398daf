import type { StationOutcome } from '../contract/fleet';
import { phrase } from '../contract/phrases';
import { causeOfProblem, Problem, toProblem } from '../contract/problems';
import { makeFolder } from '../files/atomic';
import { replaceRun, runToTrainSchema, unpackTrained, type RunToTrain } from '../library';
import type { JobSender } from '../queue';
import type { MembersAsk, MembersElsewhere, Trials, TrialsAsk } from '../services';
import { BrokerMembers } from './broker-members';
import { BrokerTrials } from './broker-trials';
import { laySeries } from './kept-series';
import { STATION_JOB, type StationAnswer } from './station-job';
import type { StationHooks, StationWork, Workplace } from './workplace';

/** Stations that are with a broker at a time; more wait where they are given. */
export const STATIONS_WITH_BROKER = 64;

/** The workers of a broker, on whatever machines they are. */
export class BrokerWorkplace implements Workplace {
  readonly #sender: JobSender;

  constructor(sender: JobSender) {
    this.#sender = sender;
  }

  async train(
    { run: given, series }: StationWork,
    folder: string,
    hooks: StationHooks,
  ): Promise<StationOutcome> {
    // As a worker reads it.
    const run = runToTrainSchema.parse(given);
    const { meanwhile, signal, onHere } = hooks;
    let isHere = false;
    const there = (until: AbortSignal): Promise<() => Promise<StationOutcome>> => {
      const onProgress = (fraction: number | null): void => {
        if (!isHere) hooks.onProgress(fraction);
      };
      return this.#trainThere({ run, series }, folder, { signal: until, onProgress });
    };
    if (meanwhile === undefined) return (await there(signal))();
    const here = async (until: AbortSignal): Promise<() => Promise<StationOutcome>> => {
      await hooks.pace?.going();
      until.throwIfAborted();
      isHere = true;
      onHere?.();
      const outcome = await meanwhile.here.train({ run: given, series }, folder, { ...hooks, signal: until });
      return () => Promise.resolve(outcome);
    };
    const take = await meanwhile.do(this.#sender, { there, here }, signal);
    return take();
  }

  trials(asked: TrialsAsk): Trials {
    return new BrokerTrials(this.#sender, asked);
  }

  members(asked: MembersAsk): MembersElsewhere {
    return new BrokerMembers(this.#sender, asked);
  }

  /** Resolves when all of it is here, with what lays it into the folder. */
  async #trainThere(
    work: ParsedWork,
    folder: string,
    { signal, onProgress }: StationHooks,
  ): Promise<() => Promise<StationOutcome>> {
    const { contents } = this.#sender;
    const ask = { run: work.run, series: await laySeries(contents, work.series) };
    const { worker, answer, forget } = await this.#sender.do(STATION_JOB, ask, { signal, onProgress });
    // What could not be removed the broker keeps for a week.
    const leave = (): Promise<void> => forget([answer.trained]).catch(() => undefined);
    const leaving = async <T>(action: () => Promise<T>): Promise<T> => {
      try {
        return await action();
      } catch (error) {
        // What does not fit is not found again the next time.
        await leave();
        throw error instanceof Problem && error.code === 'job-content'
          ? new Problem('job-result-invalid', { worker, cause: causeOfProblem(error) })
          : error;
      }
    };
    const archive = await leaving(() => contents.get(answer.trained));
    return async () => {
      await leaving(() => lay(archive, answer, folder, work));
      await leave();
      return answer.outcome;
    };
  }
}

type ParsedWork = StationWork & { readonly run: RunToTrain };

/** @throws Problem 'job-content' where it is not what was asked for */
async function lay(
  archive: Uint8Array,
  { outcome }: StationAnswer,
  folder: string,
  { run, series }: ParsedWork,
): Promise<void> {
  await makeFolder(folder);
  await replaceRun(folder, async (building) => {
    const { measured } = await unpackTrained(archive, building, run, series).catch((error: unknown) => {
      const problem = toProblem(error);
      throw problem.code === 'run-damaged'
        ? new Problem('job-content', { cause: causeOfProblem(problem) })
        : error;
    });
    if (measured?.scores.model.rmse !== outcome.rmse)
      throw new Problem('job-content', { cause: phrase('archive-other-run') });
  });
}
