import type { TrainingAction } from '../contract/training';

/** Where a training stands. From 'stopping' and 'cancelling' there is no way back. */
export type TrainingPhase = 'running' | 'paused' | 'stopping' | 'cancelling';

/** The phase that an action leads to; an action that makes no sense in a phase changes nothing. */
export function nextPhase(phase: TrainingPhase, action: TrainingAction): TrainingPhase {
  switch (action) {
    case 'pause':
      return phase === 'running' ? 'paused' : phase;
    case 'resume':
      return phase === 'paused' ? 'running' : phase;
    case 'stop':
      return phase === 'cancelling' ? phase : 'stopping';
    case 'cancel':
      return 'cancelling';
  }
}

/** Carries what the user wants to the training loop, which looks between two short pieces of work. */
export class TrainingControl {
  #phase: TrainingPhase = 'running';
  #wake: () => void = () => undefined;

  get phase(): TrainingPhase {
    return this.#phase;
  }

  get running(): boolean {
    return this.#phase === 'running';
  }

  get paused(): boolean {
    return this.#phase === 'paused';
  }

  apply(action: TrainingAction): void {
    this.#phase = nextPhase(this.#phase, action);
    if (this.#phase !== 'paused') this.#wake();
  }

  /** Resolves once the phase is no longer 'paused'. */
  async untilResumed(): Promise<void> {
    while (this.#phase === 'paused') {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}
