import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  AS_SET,
  chosenTrial,
  columnsLeftOut,
  defaultSearchSpace,
  INPUT_SHARE,
  LISTED_SETTINGS,
  RANGED_SETTINGS,
  SEARCH_METHODS,
  searchSpaceSchema,
  TRIED_SETTINGS,
  trialsToCompare,
  type SearchMethod,
  type SearchSpace,
  type SearchTrial,
} from '../contract/search';
import { presetSettings, trainingSettingsSchema } from '../contract/settings';
import { hyperbandBrackets, promote } from './hyperband';
import { runSearch } from './run-search';
import { sampleTrial } from './sample';
import { finalSettings, possibleSpace, trialSettings } from './trial-settings';

describe('the brackets of Hyperband', () => {
  it('follow the paper’s formulas, from 3 epochs on', () => {
    const rungs = hyperbandBrackets(81).map((bracket) =>
      bracket.map(({ trials, epochs }) => `${trials} to ${epochs}`),
    );
    expect(rungs).toEqual([
      ['27 to 3', '9 to 9', '3 to 27', '1 to 81'],
      ['12 to 9', '4 to 27', '1 to 81'],
      ['6 to 27', '2 to 81'],
      ['4 to 81'],
    ]);
  });

  it('always train fewer trials for longer, to the end, at about the same cost each', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000 }), (epochs) => {
        const brackets = hyperbandBrackets(epochs);
        for (const bracket of brackets) {
          expect(bracket.at(-1)!.epochs).toBe(epochs);
          bracket.forEach((rung, index) => {
            expect(rung.trials).toBeGreaterThanOrEqual(1);
            const before = bracket[index - 1];
            if (before === undefined) return;
            expect(rung.trials).toBeLessThan(before.trials);
            expect(rung.epochs).toBeGreaterThan(before.epochs);
          });
        }
        const [most] = brackets;
        expect(most!.length).toBe(brackets.length);
        expect(brackets.at(-1)).toHaveLength(1);
      }),
    );
  });
});

describe('promotion', () => {
  const trials = fc.uniqueArray(
    fc.record({
      number: fc.nat({ max: 500 }),
      score: fc.option(fc.double({ min: 0, max: 9, noNaN: true })),
    }),
    { selector: ({ number }) => number },
  );

  it('takes the best, and no more than there are; never one without a score', () => {
    fc.assert(
      fc.property(trials, fc.nat({ max: 50 }), (all, count) => {
        const best = promote(all, count);
        const scoreOf = (number: number) => all.find((each) => each.number === number)!.score;
        expect(best).toHaveLength(Math.min(count, all.filter(({ score }) => score !== null).length));
        const worst = Math.max(-Infinity, ...best.map((number) => scoreOf(number)!));
        for (const { number, score } of all) {
          if (best.includes(number)) expect(score).not.toBeNull();
          else if (best.length === count && score !== null && count > 0) expect(score >= worst).toBe(true);
        }
      }),
    );
  });

  it('does not depend on the order in which the trials ended', () => {
    fc.assert(
      fc.property(trials, fc.nat({ max: 50 }), (all, count) => {
        expect(promote([...all].reverse(), count)).toEqual(promote(all, count));
      }),
    );
  });
});

describe('the trial that is trained in the end', () => {
  const trial = (number: number, rmse: number | null, changes: Partial<SearchTrial> = {}): SearchTrial => ({
    number,
    choice: {},
    epochs: 9,
    bestEpoch: 9,
    rmse,
    blended: null,
    state: 'finished',
    ...changes,
  });
  const numberOf = (...trials: SearchTrial[]) => chosenTrial(trials)?.number;

  it('is the best, but the settings as they are where that is better by luck at most', () => {
    expect(numberOf(trial(AS_SET, 2), trial(1, 1.99), trial(2, 2.1))).toBe(AS_SET);
    expect(numberOf(trial(AS_SET, 2), trial(1, 1.97), trial(2, 1.96))).toBe(2);
    expect(numberOf(trial(AS_SET, null), trial(1, 5), trial(2, null))).toBe(1);
    expect(numberOf(trial(AS_SET, 2), trial(1, null))).toBe(AS_SET);
    expect(numberOf(trial(AS_SET, null))).toBeUndefined();
  });

  it('is chosen by what would forecast, where that was compared', () => {
    const compared = (asSet: number | null, one: number, two: number): number | undefined =>
      numberOf(
        trial(AS_SET, 2.2, { blended: asSet }),
        trial(1, 1.5, { blended: one }),
        trial(2, 1.9, { blended: two }),
        // The best LSTM of all was not among those compared.
        trial(3, 1),
      );
    expect(compared(1.4, 1.45, 1.39)).toBe(AS_SET);
    expect(compared(1.4, 1.45, 1.3)).toBe(2);
    // What could not be compared is not beaten.
    expect(compared(null, 1.45, 1.3)).toBe(AS_SET);
  });

  it('has the settings as they are where its time did not suffice to train these', () => {
    expect(numberOf(trial(AS_SET, 2, { state: 'stopped' }), trial(1, 1))).toBe(AS_SET);
    expect(numberOf(trial(AS_SET, null, { state: 'failed' }), trial(1, 1))).toBe(1);
  });

  it('is looked for among the settings as they are and the best three drawn', () => {
    const drawn = [5, 3, 9, 4, 8].map((rmse, index) => trial(index + 1, rmse));
    const numbers = (trials: readonly SearchTrial[]) => trialsToCompare(trials).map(({ number }) => number);
    expect(numbers([trial(AS_SET, 7), ...drawn])).toEqual([AS_SET, 2, 4, 1]);
    expect(numbers([trial(AS_SET, null), trial(1, null), trial(2, 3)])).toEqual([2]);
  });
});

describe('drawing a trial', () => {
  const space = defaultSearchSpace(3600);
  const asSet = presetSettings('recommended');

  it('stays in the space and gives settings that can be trained', () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 1, max: 1000 }), (seed, number) => {
        const choice = sampleTrial(space, seed, number, asSet);
        for (const name of RANGED_SETTINGS) {
          expect(choice[name]).toBeGreaterThanOrEqual(space[name]!.min);
          expect(choice[name]).toBeLessThanOrEqual(space[name]!.max);
        }
        for (const name of LISTED_SETTINGS) expect(space[name]).toContain(choice[name]);
        for (const name of TRIED_SETTINGS) expect(space[name]).toContain(choice[name]);
        expect(space[INPUT_SHARE]).toContain(choice[INPUT_SHARE]);
        for (const method of SEARCH_METHODS) {
          trainingSettingsSchema.parse(trialSettings(asSet, choice, method));
          trainingSettingsSchema.parse(finalSettings(asSet, choice, 5));
        }
        expect(sampleTrial(space, seed, number, asSet)).toEqual(choice);
      }),
    );
  });

  it('leaves out what is not searched, and draws the rest as before', () => {
    const { hidden: _hidden, dropout: _dropout, ...rest } = sampleTrial(space, 5, 1, asSet);
    expect(sampleTrial({ ...space, hidden: null, dropout: null }, 5, 1, asSet)).toEqual(rest);
  });

  it('covers a range evenly by its logarithm', () => {
    const rates = Array.from({ length: 400 }, (_, index) =>
      Number(sampleTrial(space, 1, index + 1, asSet).learningRate),
    );
    const middle = Math.sqrt(space.learningRate!.min * space.learningRate!.max);
    const below = rates.filter((rate) => rate < middle).length;
    expect(below).toBeGreaterThan(160);
    expect(below).toBeLessThan(240);
  });
});

describe('switches, schedule and inputs', () => {
  const asSet = presetSettings('recommended');
  const drawn = (space: Partial<SearchSpace>) =>
    Array.from({ length: 400 }, (_, index) =>
      sampleTrial({ ...defaultSearchSpace(), ...space }, 3, index + 1, asSet),
    );

  it('stay as they are set in half of the trials, and else are each value alike', () => {
    const count = (schedule: string): number =>
      drawn({}).filter((choice) => choice.schedule === schedule).length;
    // A half and a third of the other half are 2/3; each of the others 1/6.
    expect(count('constant')).toBeGreaterThan(230);
    expect(count('constant')).toBeLessThan(300);
    for (const other of ['cosine', 'plateau']) {
      expect(count(other)).toBeGreaterThan(40);
      expect(count(other)).toBeLessThan(95);
    }
  });

  it('never take a value that is not to be tried', () => {
    for (const choice of drawn({ residual: [true], inputShare: [0] })) {
      expect([choice.residual, choice.inputShare]).toEqual([true, 0]);
    }
  });

  it('act on the trial; the share of the inputs is no setting of a training', () => {
    const choice = { window: 9, residual: true, schedule: 'plateau', inputShare: 0.5 } as const;
    const { patience, ...settings } = trialSettings(asSet, choice, 'hyperband');
    expect(patience).toBeNull();
    expect(settings).toMatchObject({ window: 9, residual: true, schedule: 'plateau' });
    expect(settings).not.toHaveProperty('inputShare');
    expect(trialSettings({ ...asSet, schedule: 'cosine' }, {}, 'random').schedule).toBe('constant');
    expect(finalSettings(asSet, choice, 12)).toMatchObject({
      epochs: 12,
      schedule: 'cosine',
      residual: true,
    });
  });

  it('leave out the columns that tell least, and never all that there is to see', () => {
    const order = ['a', 'b', 'c', 'd'];
    expect(columnsLeftOut({ inputShare: 0.5 }, order, true)).toEqual(['c', 'd']);
    expect(columnsLeftOut({ inputShare: 0 }, order, true)).toEqual(order);
    expect(columnsLeftOut({ inputShare: 0 }, order, false)).toEqual(['b', 'c', 'd']);
    expect(columnsLeftOut({ inputShare: 1 }, order, true)).toEqual([]);
    expect(columnsLeftOut({}, order, true)).toEqual([]);
  });

  it('are not searched where there is nothing to choose from, nor a change without a last reading', () => {
    const space = defaultSearchSpace();
    expect(possibleSpace(space, { targetIsInput: true, inputOrder: ['a'] })).toEqual(space);
    expect(possibleSpace(space, { targetIsInput: false, inputOrder: [] })).toEqual({
      ...space,
      residual: null,
      inputShare: null,
    });
  });

  it('were not searched by reports of before', () => {
    const {
      residual: _a,
      schedule: _b,
      calendarYear: _c,
      calendarDay: _d,
      inputShare: _e,
      ...before
    } = defaultSearchSpace();
    expect(searchSpaceSchema.parse(before)).toEqual({
      ...before,
      residual: null,
      schedule: null,
      calendarYear: null,
      calendarDay: null,
      inputShare: null,
    });
  });
});

describe('a search', () => {
  /** Trials whose score is their number modulo 7, best at 0; counts what is asked of them. */
  function play(method: SearchMethod, parallel: number, trainings: number, most = Infinity) {
    const states = new Map<number, string>();
    const epochs = new Map<number, number[]>();
    let done = 0;
    const finished = runSearch({
      method,
      epochs: 27,
      parallel,
      draw: () => {
        states.set(states.size + 1, 'waiting');
        return states.size;
      },
      train: async (trial, to) => {
        await Promise.resolve();
        done += 1;
        epochs.set(trial, [...(epochs.get(trial) ?? []), to]);
        return trial === 3 ? null : trial % 7;
      },
      mark: (trial, state) => states.set(trial, state),
      mayDraw: () => done < trainings && states.size < most,
      mayGoOn: () => done < trainings,
    });
    return finished.then(() => ({ states, epochs }));
  }

  it('by Hyperband goes on with the best third, from where it was', async () => {
    const { states, epochs } = await play('hyperband', 2, 9 + 3 + 1);
    // 9 trials to 3 epochs; 7 and 1 are the best, then 8, which is as good as 1 but later.
    expect([7, 1, 8].map((trial) => epochs.get(trial))).toEqual([
      [3, 9, 27],
      [3, 9],
      [3, 9],
    ]);
    expect(states.get(2)).toBe('dropped');
    expect(epochs.get(2)).toEqual([3]);
    // The one that failed is neither kept nor dropped.
    expect(states.get(3)).toBe('waiting');
  });

  it.each(['hyperband', 'random'] as const)(
    'by %s ends when as many are drawn as are wanted',
    async (method) => {
      const ends = await Promise.all([1, 3].map((parallel) => play(method, parallel, Infinity, 11)));
      expect(ends.map(({ states }) => states.size)).toEqual([11, 11]);
      expect(ends[1]).toEqual(ends[0]);
    },
  );

  it('at random trains every trial to the end', async () => {
    const { states, epochs } = await play('random', 2, 10);
    expect(states.size).toBeGreaterThanOrEqual(10);
    for (const each of epochs.values()) expect(each).toEqual([27]);
  });
});
