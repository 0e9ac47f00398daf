import type { SearchMethod, SearchTrial } from '../contract/search';
import { hyperbandBrackets, promote, type Bracket } from './hyperband';

/** What a search needs from its caller, which trains. */
export interface SearchWork {
  readonly method: SearchMethod;
  /** The most epochs that a trial is trained for. */
  readonly epochs: number;
  /** Trials that are trained side by side. */
  readonly parallel: number;
  /** Draws one more trial; its number. */
  draw(): number;
  /** False once the time is up, or as many were drawn as are wanted. */
  mayDraw(): boolean;
  /** Trains a trial on until it has so many epochs; its score then (lower is better), or null. */
  train(trial: number, epochs: number): Promise<number | null>;
  mark(trial: number, state: Extract<SearchTrial['state'], 'kept' | 'dropped' | 'finished'>): void;
  /** False once the time is up: nothing more is begun. */
  mayGoOn(): boolean;
}

/** Draws and trains trials until no more may be drawn, or the time is up. Which trials continue does not depend on how many are trained at once. */
export async function runSearch(work: SearchWork): Promise<void> {
  while (work.mayDraw()) {
    if (work.method === 'random') {
      await Promise.all(Array.from({ length: work.parallel }, () => trainToTheEnd(work)));
    } else {
      for (const bracket of hyperbandBrackets(work.epochs)) await runBracket(work, bracket);
    }
  }
}

async function trainToTheEnd(work: SearchWork): Promise<void> {
  while (work.mayDraw()) {
    const trial = work.draw();
    const score = await work.train(trial, work.epochs);
    if (score !== null && work.mayGoOn()) work.mark(trial, 'finished');
  }
}

async function runBracket(work: SearchWork, bracket: Bracket): Promise<void> {
  const drawn: number[] = [];
  while (drawn.length < (bracket[0]?.trials ?? 0) && work.mayDraw()) drawn.push(work.draw());
  if (drawn.length === 0) return;
  let going: readonly number[] = drawn;
  for (const [index, { epochs }] of bracket.entries()) {
    const scored = await Promise.all(
      going.map(async (number) => ({ number, score: await work.train(number, epochs) })),
    );
    // In a rung that was cut short some trials have seen more epochs than others: it decides nothing.
    if (!work.mayGoOn()) return;
    const next = bracket[index + 1];
    const best = promote(scored, next?.trials ?? scored.length);
    for (const { number, score } of scored) {
      if (score === null) continue;
      if (next === undefined) work.mark(number, 'finished');
      else work.mark(number, best.includes(number) ? 'kept' : 'dropped');
    }
    going = best;
  }
}
