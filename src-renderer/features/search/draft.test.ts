import { describe, expect, it } from 'vitest';
import { defaultSearchSpace } from '../../../src-main/contract/search';
import { checkSearch, draftOfDefaults } from './draft';

const defaults = draftOfDefaults(86_400);

describe('what is searched', () => {
  it('is at first the default space', () => {
    expect(checkSearch(defaults, 7, 86_400).options).toEqual({
      method: 'hyperband',
      budgetSeconds: 60,
      mostTrials: null,
      seed: 7,
      space: defaultSearchSpace(86_400),
    });
  });

  it('leaves out what is switched off, whatever stands there', () => {
    const draft = { ...defaults, dropout: { searched: false, text: 'much' } };
    expect(checkSearch(draft, 1, 86_400).options?.space.dropout).toBeNull();
  });

  it('tries every value of what is switched on, and the hour of day only where there are hours', () => {
    const off = { ...defaults, schedule: false, inputShare: false };
    const { space } = checkSearch(off, 1, 86_400).options!;
    expect([space.schedule, space.inputShare, space.calendarDay]).toEqual([null, null, null]);
    expect(space.residual).toEqual([false, true]);
    const hours = checkSearch(draftOfDefaults(3600), 1, 3600).options!;
    expect(hours.space).toEqual(defaultSearchSpace(3600));
    expect(hours.space.calendarDay).toEqual([false, true]);
  });

  it('takes lists with commas or spaces', () => {
    const draft = { ...defaults, batchSize: { searched: true, text: ' 16 32,64; 128 ' } };
    expect(checkSearch(draft, 1, 86_400).options?.space.batchSize).toEqual([16, 32, 64, 128]);
  });

  it('names the fields that do not fit', () => {
    const { wrong } = checkSearch(
      {
        ...defaults,
        budgetSeconds: null,
        window: { searched: true, min: 30, max: 3 },
        hidden: { searched: true, min: null, max: 8 },
        layers: { searched: true, text: '1, two' },
        dropout: { searched: true, text: '' },
      },
      1,
      86_400,
    );
    expect([...(wrong ?? [])].sort()).toEqual(['budgetSeconds', 'dropout', 'hidden', 'layers', 'window']);
  });
});
