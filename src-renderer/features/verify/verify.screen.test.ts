import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../../src-main/contract/language';
import type { Verdict as VerdictOf, Verification } from '../../../src-main/contract/results';
import { Problem } from '../../../src-main/contract/problems';
import { app } from '../../app-state.svelte';
import { draw, englishIn, fixtureBridge, refuse } from '../../screen.fixture';
import NeedsRun from '../results/NeedsRun.svelte';
import Target from '@lucide/svelte/icons/target';
import { en } from '../../i18n/en';
import { ko } from '../../i18n/ko';
import { RunWork } from './run-work.svelte';
import Verdict from './Verdict.svelte';
import WorkStatus from '../../WorkStatus.svelte';

const VERDICT: VerdictOf = {
  kind: 'beats',
  isClose: false,
  bestBaseline: 'persistence',
  modelRmse: 1.9,
  baselineRmse: 2,
  persistenceRmse: 2,
  unit: '°C',
  lstmShare: 1,
  windows: 1450,
  skill: { value: 0.1, low: 0.05, high: 0.15 },
  pValue: 0.0131,
};
const verificationOf = (changes: Partial<VerdictOf>, foretelling: readonly string[] = []): Verification =>
  ({
    verdict: { ...VERDICT, ...changes },
    foretelling,
    combination: null,
    unit: '°C',
  }) as unknown as Verification;

describe.each(LANGUAGES)('the verdict (%s)', (language) => {
  it.each([
    ['beats', 'success', 1.9, 'beats every baseline', '모든 기준 예보보다 낫습니다'],
    ['level', 'info', 1.99, 'cannot be told apart', '우열을 가릴 수 없습니다'],
    ['loses', 'warning', 2.1, 'lose', '졌습니다'],
  ] as const)('%s is a notice of the kind %s', (kind, notice, modelRmse, english, korean) => {
    const drawn = draw(Verdict, { verification: verificationOf({ kind, modelRmse }) }, language);
    expect(drawn.notices()).toEqual([notice]);
    expect(drawn.text()).toContain(language === 'en' ? english : korean);
    if (language === 'ko') expect(englishIn(drawn)).toEqual([]);
  });

  it('stands below a warning where an input carries the future', () => {
    const drawn = draw(Verdict, { verification: verificationOf({}, ['tomorrow']) }, language);
    expect(drawn.notices()).toEqual(['warning', 'success']);
    expect(drawn.find('[data-testid="foretelling"]').textContent).toContain('tomorrow');
    if (language === 'ko') expect(englishIn(drawn, ['tomorrow'])).toEqual([]);
  });
});

describe.each(LANGUAGES)('a long calculation (%s)', (language) => {
  it('shows how far it is and the time left, and can be cancelled', async () => {
    const { asked, tell } = fixtureBridge();
    const work = new RunWork<number>('measureImportance');
    const done = work.start('r1', () => new Promise<number>(() => undefined));
    const drawn = draw(WorkStatus, { work, label: '…' }, language);
    expect(drawn.progress()).toBeNull();
    tell('work', { question: 'measureImportance', runId: 'r1', fraction: 0.25, secondsLeft: 89.2 });
    expect(drawn.text()).toMatch(language === 'en' ? '1 min 30 s left' : /1분 30초/);
    expect(drawn.progress()).toBe(25);
    if (language === 'ko') expect(englishIn(drawn)).toEqual([]);
    drawn.press(drawn.buttons()[0]!);
    await expect.poll(() => asked).toEqual([['cancelWork', undefined]]);
    void done;
  });

  it('says why it failed, and nothing where it was cancelled', async () => {
    fixtureBridge({ cancelWork: () => refuse(new Problem('cancelled')) });
    const work = new RunWork<number>('measureImportance');
    const { request } = await import('../../api');
    const drawn = draw(WorkStatus, { work, label: '…' }, language);
    await work.start('r1', async () => (await request('cancelWork'), 1));
    expect(drawn.text()).toBe('');
    fixtureBridge({ cancelWork: () => refuse(new Problem('work-busy')) });
    await work.start('r1', async () => (await request('cancelWork'), 1));
    expect(drawn.text()).not.toBe('');
    expect(drawn.notices()).toEqual(['problem']);
    if (language === 'ko') expect(englishIn(drawn)).toEqual([]);
  });
});

describe.each(LANGUAGES)('a screen that needs a run (%s)', (language) => {
  it('leads to the nearest step that is open, and to the runs', () => {
    fixtureBridge();
    app.dataset = null;
    app.mapping = null;
    app.shown = null;
    const { verify: words } = { en, ko }[language];
    const drawn = draw(NeedsRun, { icon: Target, words }, language);
    expect(drawn.buttons()).toHaveLength(2);
    if (language === 'ko') expect(englishIn(drawn)).toEqual([]);
    drawn.press(drawn.buttons()[1]!);
    expect(app.step).toBe('runs');
  });
});
