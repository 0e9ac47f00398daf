import { beforeEach, describe, expect, it } from 'vitest';
import type { CleaningEffect } from '../../../src-main/contract/cleaning';
import type { ColumnMapping, DatasetSummary } from '../../../src-main/contract/dataset';
import { Problem } from '../../../src-main/contract/problems';
import { app } from '../../app-state.svelte';
import { draw, englishIn, fixtureBridge, refuse } from '../../screen.fixture';
import Cleaning from './Cleaning.svelte';

const EFFECT: CleaningEffect = {
  targetName: '기온',
  unit: '°C',
  taken: 1204,
  compared: { windows: 290, asRead: 8.95, mended: 2.289 },
};
const SETTLED = { promise: Promise.resolve() };
const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 10; turn++) await SETTLED.promise;
};

beforeEach(() => {
  app.dataset = { id: 'a' } as DatasetSummary;
  app.mapping = { target: 1 } as ColumnMapping;
});

describe('what the cleaning did to the score', () => {
  it('is asked for with the choices there are, and said in a sentence with both errors', async () => {
    const { asked } = fixtureBridge({ measureCleaning: () => EFFECT });
    const drawn = draw(Cleaning, {});
    drawn.press('Train twice and compare');
    await settle();
    expect(asked.map(([name]) => name)).toContain('measureCleaning');
    expect(drawn.text()).toContain('1,204 readings');
    expect(drawn.text()).toContain('2.289 °C');
    expect(drawn.text()).toContain('8.950 °C: 74.4 % lower');
    const korean = draw(Cleaning, {}, 'ko');
    korean.press('두 번 학습해 견주기');
    await settle();
    expect(korean.text()).toContain('8.950 °C에서 2.289 °C로 74.4 % 작아졌습니다');
    expect(englishIn(korean, ['RMSE'])).toEqual([]);
  });

  it('shows how far it is, and can be cancelled', async () => {
    let end = (): void => undefined;
    const bridge = fixtureBridge({
      measureCleaning: () =>
        new Promise((resolve) => (end = () => resolve(refuse(new Problem('cancelled'))))),
      cancelCleaning: () => end(),
    });
    const drawn = draw(Cleaning, {});
    drawn.press('Train twice and compare');
    await settle();
    bridge.tell('cleaning', { fraction: 0.4, secondsLeft: 12, verifying: false });
    expect(drawn.buttons()).toContain('Train twice and compare (off)');
    expect(drawn.text()).toContain('12');
    expect(drawn.progress()).toBe(40);
    bridge.tell('cleaning', { fraction: 0.45, secondsLeft: null, verifying: true });
    await settle();
    expect(drawn.text()).toContain('Verifying what was trained');
    drawn.press('Cancel');
    await settle();
    expect(drawn.buttons()).toEqual(['Train twice and compare']);
    expect(drawn.notices()).toEqual([]);
  });

  it('says why it could not be found out, and forgets what was found for other choices', async () => {
    fixtureBridge({ measureCleaning: () => refuse(new Problem('trainer-busy')) });
    const drawn = draw(Cleaning, {});
    drawn.press('Train twice and compare');
    await settle();
    expect(drawn.notices()).toEqual(['problem']);
    app.settings = { ...app.settings, seed: app.settings.seed + 1 };
    expect(drawn.text()).not.toContain('training');
    expect(drawn.notices()).toEqual([]);
  });

  it('is nothing where nothing was taken out', async () => {
    fixtureBridge({ measureCleaning: () => ({ ...EFFECT, taken: 0, compared: null }) });
    const drawn = draw(Cleaning, {});
    drawn.press('Train twice and compare');
    await settle();
    expect(drawn.text()).toContain('nothing to compare');
  });
});
