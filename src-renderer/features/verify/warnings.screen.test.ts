import { describe, expect, it } from 'vitest';
import type { EventReport, WarningsReport } from '../../../src-main/contract/events';
import { LANGUAGES } from '../../../src-main/contract/language';
import { Problem } from '../../../src-main/contract/problems';
import { en } from '../../i18n/en';
import { ko } from '../../i18n/ko';
import { draw, englishIn, fixtureBridge, refuse } from '../../screen.fixture';
import WarningRecord from './WarningRecord.svelte';
import Warnings from './Warnings.svelte';
import { costsOf, firstDraft, warningOf } from './warnings.svelte';

const REPORT: EventReport = {
  event: { column: 'temp', comparison: '<', threshold: 0, of: 'value', lead: 1 },
  costs: { cost: 20, loss: 100 },
  unit: '°C',
  stepSeconds: 86_400,
  fit: {
    source: 'distribution',
    errors: [],
    logistic: null,
    calibration: null,
    validation: { distribution: 0.01, logistic: 0.02, climatology: 0.03 },
    learned: { windows: 900, events: 51 },
  },
  windows: 235,
  baseRate: 14 / 235,
  brier: 0.029,
  climatologyBrier: 0.062,
  brierSkill: 0.53,
  parts: { reliability: 0, resolution: 0, uncertainty: 0, withinBins: 0 },
  warnAbove: 0.2,
  table: { hits: 10, misses: 4, falseAlarms: 7, correctNegatives: 214 },
  pod: 10 / 14,
  far: 7 / 17,
  csi: 0.476,
  ets: 0.45,
  hss: 0.62,
  bias: 1.214,
  peirce: 0.683,
  sedi: NaN,
  rocArea: 0.969,
  roc: [
    { threshold: 1, falseAlarmRate: 0, hitRate: 0 },
    { threshold: 0, falseAlarmRate: 1, hitRate: 1 },
  ],
  reliability: [{ forecast: 0.1, frequency: 0.2, count: 9, low: 0, high: 0.3 }],
  value: [{ ratio: 0.2, value: 0.6 }],
  savings: { warned: 740, always: 4700, never: 1400, perfect: 280 },
};
const CONTEXT = {
  columns: [
    { name: 'temp', quantity: 'temperature', unit: '°C' },
    { name: 'rain', quantity: 'rain', unit: 'mm' },
  ],
  stepSeconds: 86_400,
  horizon: 3,
} as const;

describe.each(LANGUAGES)('the record of a warning (%s)', (language) => {
  it('tells hits, misses and false alarms, scores with a sentence each, and the money', () => {
    const drawn = draw(WarningRecord, { report: REPORT }, language);
    const { warnings: words } = { en, ko }[language];
    for (const part of [
      `10 ${words.hits}`,
      `4 ${words.misses}`,
      `7 ${words.falseAlarms}`,
      '71.4 %',
      '4,700',
    ]) {
      expect(drawn.text()).toContain(part);
    }
    // What is not defined has a dash.
    expect(drawn.text()).toContain(`${words.scores.sedi[0]}–`);
    expect(drawn.notices()).toEqual([]);
    if (language === 'ko') {
      expect(englishIn(drawn, ['temp', 'POD', 'FAR', 'CSI', 'ETS', 'SEDI', 'ROC'])).toEqual([]);
    }
  });

  it('warns where the event was rare in what was learned from', () => {
    const fit = { ...REPORT.fit, learned: { windows: 900, events: 3 } };
    const drawn = draw(WarningRecord, { report: { ...REPORT, fit, costs: null, savings: null } }, language);
    expect(drawn.notices()).toEqual(['warning']);
    expect(drawn.text()).not.toContain('4,700');
  });
});

describe.each(LANGUAGES)('warnings of a run (%s)', (language) => {
  const { warnings: words, verify } = { en, ko }[language];
  const kept = { event: REPORT.event, costs: REPORT.costs, learned: null };

  it('are set, shown with their record, and taken back', async () => {
    const answer = ({ warnings }: { warnings: unknown[] | null }): WarningsReport =>
      warnings === null || warnings.length === 0
        ? { ...CONTEXT, kept: [], reports: [] }
        : { ...CONTEXT, kept: [kept], reports: [REPORT] };
    const { asked } = fixtureBridge({ verifyWarnings: answer });
    const runId = `set-${language}`;
    const drawn = draw(Warnings, { runId }, language);
    await expect.poll(() => drawn.text()).toContain(words.none);
    if (language === 'ko') expect(englishIn(drawn, ['temp', 'rain'])).toEqual([]);
    expect(asked).toEqual([['verifyWarnings', { runId, warnings: null, keep: false }]]);
    drawn.press(words.add);
    await expect.poll(() => drawn.text()).toContain(`10 ${words.hits}`);
    const wanted = [{ event: REPORT.event, costs: null }];
    expect(asked.at(-1)).toEqual(['verifyWarnings', { runId, warnings: wanted, keep: true }]);
    drawn.press(words.remove);
    await expect.poll(() => drawn.text()).toContain(words.none);
    expect(asked.at(-1)).toEqual(['verifyWarnings', { runId, warnings: [], keep: true }]);
  });

  it('say what went wrong, and are asked for again', async () => {
    fixtureBridge({ verifyWarnings: () => refuse(new Problem('run-missing')) });
    const drawn = draw(Warnings, { runId: `failed-${language}` }, language);
    await expect.poll(() => drawn.notices()).toEqual(['problem']);
    expect(drawn.buttons()).toContain(verify.retry);
    if (language === 'ko') expect(englishIn(drawn)).toEqual([]);
  });
});

describe('a warning as it is typed', () => {
  const draft = firstDraft(CONTEXT);

  it('begins with what one would fear first', () => {
    expect(draft).toMatchObject({ column: 'temp', comparison: '<', threshold: 0, lead: 1 });
    const wet = firstDraft({ ...CONTEXT, columns: [CONTEXT.columns[1]] });
    expect(wet).toMatchObject({ comparison: '>=', threshold: null });
  });

  it('is a warning once all fits', () => {
    expect(warningOf(draft, CONTEXT)).toEqual({ event: REPORT.event, costs: null });
    for (const changes of [
      { threshold: null },
      { lead: 4 },
      { lead: 1.5 },
      { cost: 3 },
      { cost: 3, loss: 2 },
    ]) {
      expect(warningOf({ ...draft, ...changes }, CONTEXT)).toBeNull();
    }
    expect(costsOf({ cost: 2, loss: 3 })).toEqual({ cost: 2, loss: 3 });
  });
});
