import type { CleaningEffect, CleaningProgress } from '../contract/cleaning';
import type { PreparationSummary } from '../contract/dataset';
import { Problem } from '../contract/problems';
import { secondsLeftAfter } from '../contract/progress';
import type { Series } from '../contract/series';
import type { NewRun } from '../library';
import { compareCleaning, countTaken } from '../model';
import { targetVariable } from '../series';
import { trainAside, type Aside } from './train-aside';

/** Of the time that a training and its verification take together, about; it may also have stopped early. */
const TRAINING_SHARE = 0.8;

/** Readings with what is to be learned of them. */
export interface Job {
  readonly run: NewRun;
  readonly series: Series;
}

export interface CleaningParts extends Pick<Aside, 'startTrainer' | 'device'> {
  /** Keeps other trainings away until what it returns is called. @throws Problem 'trainer-busy' */
  hold?(): () => void;
}

/** What cleaning did to the score: two trainings with the same settings, of which nothing is kept. One question at once. */
export class CleaningService {
  readonly #parts: CleaningParts;
  #active: AbortController | null = null;

  constructor(parts: CleaningParts) {
    this.#parts = parts;
  }

  /**
   * @param asRead with the readings as they are in the file
   * @param parts of the mended readings: both trainings are split at the same moments
   * @throws Problem of the trainings, 'trainer-busy', 'work-busy', 'cancelled'
   */
  async measure(
    asRead: Job,
    mended: Job,
    parts: PreparationSummary['parts'],
    onProgress: (progress: CleaningProgress) => void,
  ): Promise<CleaningEffect> {
    if (this.#active !== null) throw new Problem('work-busy');
    const { name, unit } = targetVariable(mended.series);
    const taken = countTaken(asRead.series, mended.series);
    if (taken === 0) return { targetName: name, unit, taken, compared: null };
    const release = this.#parts.hold?.();
    const active = new AbortController();
    this.#active = active;
    const began = performance.now();
    const train = async ({ run, series }: Job, before: number) => {
      const { verification } = await trainAside(splitAt(run, parts), series, {
        ...this.#parts,
        signal: active.signal,
        onEvent(event) {
          const fraction = (done: number): number => (before + TRAINING_SHARE * done) / 2;
          if (event.kind === 'progress') {
            const far = fraction(event.fraction);
            const secondsLeft = secondsLeftAfter((performance.now() - began) / 1000, far);
            onProgress({ fraction: far, secondsLeft, verifying: false });
          } else if (event.kind === 'finished') {
            onProgress({ fraction: fraction(1), secondsLeft: null, verifying: true });
          }
        },
      });
      return verification;
    };
    try {
      const raw = await train(asRead, 0);
      const compared = compareCleaning(raw, await train(mended, 1));
      return { targetName: name, unit, taken, compared };
    } finally {
      this.#active = null;
      release?.();
    }
  }

  /** Nothing happens where nothing is under way. */
  cancel(): void {
    this.#active?.abort();
  }
}

/** A run whose parts begin at these moments, whatever windows a filled gap takes from it. */
function splitAt(run: NewRun, { validation, test }: PreparationSummary['parts']): NewRun {
  const { settings } = run;
  const testFrom = test?.from ?? settings.testFrom;
  const validationFrom = validation?.from ?? settings.validationFrom;
  return { ...run, settings: { ...settings, testFrom, validationFrom } };
}
