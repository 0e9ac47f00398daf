import { describe, expect, it } from 'vitest';
import type { Subjects } from './plan';
import { outlookOf, questionsFor, settingsOfPlan, usualQuestion } from './question';
import { presetOf } from './settings';

const MINUTE = 60;
const HOUR = 3600;
const DAY = 86_400;
const MONTH = 2_629_746;

const ALL: Subjects = { usual: 3, extremes: [1, 2], temperature: 3, rain: 5 };
const LONE: Subjects = { usual: 3, extremes: null, temperature: 3, rain: null };
const HUMID: Subjects = { ...LONE, temperature: null };

describe('what a file can answer', () => {
  it.each([
    [
      'five minutes',
      5 * MINUTE,
      ALL,
      ['next-hours', 'tomorrow', 'next-days', 'highs-and-lows', 'rain-tomorrow', 'own'],
      'tomorrow',
    ],
    ['hours', HOUR, LONE, ['next-hours', 'tomorrow', 'next-days', 'highs-and-lows', 'own'], 'tomorrow'],
    ['hours of humidity', HOUR, HUMID, ['next-hours', 'tomorrow', 'next-days', 'own'], 'tomorrow'],
    ['six hours', 6 * HOUR, LONE, ['tomorrow', 'next-days', 'own'], 'tomorrow'],
    ['days', DAY, ALL, ['next-days', 'highs-and-lows', 'rain-tomorrow', 'own'], 'next-days'],
    ['days of one column', DAY, LONE, ['next-days', 'own'], 'next-days'],
    ['months', MONTH, ALL, ['own'], 'own'],
  ] as const)('of %s', (_name, seconds, subjects, questions, usual) => {
    expect(questionsFor(subjects, seconds)).toEqual(questions);
    expect(usualQuestion(seconds)).toBe(usual);
  });
});

describe('step, window and horizon', () => {
  it.each([
    ['tomorrow', 5 * MINUTE, { targets: [3], stepSeconds: HOUR, window: 48, horizon: 24 }],
    ['tomorrow', HOUR, { targets: [3], stepSeconds: null, window: 48, horizon: 24 }],
    ['tomorrow', 3 * HOUR, { targets: [3], stepSeconds: null, window: 32, horizon: 8 }],
    ['tomorrow', 12 * HOUR, { targets: [3], stepSeconds: null, window: 8, horizon: 2 }],
    ['next-hours', MINUTE, { targets: [3], stepSeconds: 10 * MINUTE, window: 72, horizon: 36 }],
    ['next-hours', 15 * MINUTE, { targets: [3], stepSeconds: null, window: 48, horizon: 24 }],
    ['next-hours', HOUR, { targets: [3], stepSeconds: null, window: 24, horizon: 6 }],
    ['next-days', DAY, { targets: [3], stepSeconds: null, window: 7, horizon: 7 }],
    ['next-days', 5 * MINUTE, { targets: [3], stepSeconds: DAY, window: 7, horizon: 7 }],
    ['highs-and-lows', DAY, { targets: [1, 2], stepSeconds: null, window: 7, horizon: 7 }],
    [
      'highs-and-lows',
      5 * MINUTE,
      { targets: [3], extremes: ['highest', 'lowest'], stepSeconds: DAY, window: 7, horizon: 7 },
    ],
    ['rain-tomorrow', HOUR, { targets: [5], stepSeconds: DAY, window: 7, horizon: 1 }],
    ['own', 5 * MINUTE, { targets: [3], stepSeconds: null, window: 48, horizon: 24 }],
    ['own', DAY, { targets: [3], stepSeconds: null, window: 7, horizon: 1 }],
  ] as const)('of %s with a step of %d s', (question, seconds, outlook) => {
    expect(outlookOf(question, ALL, seconds)).toEqual(outlook);
  });

  const plan = {
    question: 'next-days',
    window: 7,
    horizon: 7,
    testFrom: null,
    validationFrom: null,
  } as const;

  it('are Recommended’s in all else', () => {
    expect(settingsOfPlan(plan, DAY)).toMatchObject({ window: 7, horizon: 7, combine: 'best' });
    expect(presetOf(settingsOfPlan(plan, DAY), DAY)).toBe('recommended');
  });

  it('are other ones beside a weather service, whose forecast makes a long window needless', () => {
    const settings = settingsOfPlan(plan, DAY, true);
    expect(settings).toMatchObject({ window: 1, horizon: 7, hidden: 16 });
    expect(presetOf(settings, DAY, true)).toBe('recommended');
    expect(presetOf(settings, DAY)).toBe(null);
  });
});
