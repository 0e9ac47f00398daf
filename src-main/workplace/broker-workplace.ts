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
    { signal, onProgress }: StationHooks,
  ): Promise<StationOutcome> {
    // As a worker reads it.
    const run = runToTrainSchema.parse(given);
    const { contents } = this.#sender;
    const ask = { run, series: await laySeries(contents, series) };
    const { worker, answer, forget } = await this.#sender.do(STATION_JOB, ask, { signal, onProgress });
    // What could not be removed the broker keeps for a week.
    const leave = (): Promise<void> => forget([answer.trained]).catch(() => undefined);
    try {
      await this.#take(answer, folder, { run, series });
    } catch (error) {
      // What does not fit is not found again the next time.
      await leave();
      throw error instanceof Problem && error.code === 'job-content'
        ? new Problem('job-result-invalid', { worker, cause: causeOfProblem(error) })
        : error;
    }
    await leave();
    return answer.outcome;
  }

  trials(asked: TrialsAsk): Trials {
    return new BrokerTrials(this.#sender, asked);
  }

  members(asked: MembersAsk): MembersElsewhere {
    return new BrokerMembers(this.#sender, asked);
  }

  async #take(
    { outcome, trained }: StationAnswer,
    folder: string,
    { run, series }: StationWork & { readonly run: RunToTrain },
  ): Promise<void> {
    const archive = await this.#sender.contents.get(trained);
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
}
