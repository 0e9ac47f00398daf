import { beforeEach, describe, expect, it, vi } from 'vitest';
import { phrase } from '../../../src-main/contract/phrases';
import { Problem } from '../../../src-main/contract/problems';
import { PUBLISH_NOTHING, type WatchView } from '../../../src-main/contract/watch';
import { draw, englishIn, fixtureBridge, refuse } from '../../screen.fixture';
import Watch from './Watch.svelte';
import { watchPanel } from './watch.svelte';

const OFF: WatchView = {
  settings: null,
  isWatching: false,
  lastAt: null,
  grade: null,
  notices: [],
  isRetraining: false,
  hasEarlier: false,
  hasPassword: false,
};
const SOURCE = '/home/me/weewx.sdb';
const ON: WatchView = {
  settings: {
    source: SOURCE,
    forecasts: null,
    schedule: { kind: 'every', seconds: 7200 },
    publish: { ...PUBLISH_NOTHING, folder: '/srv/page' },
    baselineInstead: false,
    retrainDays: null,
  },
  isWatching: true,
  lastAt: Date.UTC(2026, 0, 2),
  grade: {
    days: 30,
    points: 12,
    unit: '°C',
    best: 'ridge',
    rmse: { model: 1, persistence: 2, climatology: 3, best: 1.5 },
    bias: 0,
    within: 1,
    worseSince: null,
  },
  notices: [{ code: 'watch-silent', params: { file: 'weewx.sdb', newest: '2026-01-01T23:00' } }],
  isRetraining: false,
  hasEarlier: false,
  hasPassword: false,
};

/** Of files, programs and ways of the network: alike in all languages. */
const NAMES = [
  ...[SOURCE, '/srv/page', 'weewx.sdb', '2026-01-01T23:00', 'index.html', 'hindcast.inc', 'forecast.json'],
  ...['Home Assistant', 'MQTT', 'TLS', 'mqtt://homeassistant.local', 'mqtts://'],
];

let view: WatchView;
const bridge = (more: Parameters<typeof fixtureBridge>[0] = {}) =>
  fixtureBridge({
    readWatch: () => view,
    readStartUp: () => ({ isOn: false }),
    saveWatch: ({ settings }: { settings: WatchView['settings'] }) => ({
      ...view,
      settings,
      isWatching: true,
    }),
    ...more,
  });
const panel = (language: 'en' | 'ko' = 'en', onforecast = (): void => undefined) =>
  draw(Watch, { runId: 'a', onforecast }, language);

beforeEach(() => {
  watchPanel.view.value = null;
  view = OFF;
});

describe('the watching of a run', () => {
  it('is off, and begins with what the dialog chooses', async () => {
    const { asked } = bridge({ chooseWatchPath: () => ({ path: SOURCE }) });
    const drawn = panel();
    expect(drawn.buttons()).toEqual(['Watch a file or database…', 'Watch a folder…']);
    drawn.press('Watch a file or database…');
    await expect.poll(() => drawn.text()).toContain(`Watching ${SOURCE}.`);
    const saved = asked.find(([name]) => name === 'saveWatch')?.[1];
    expect(saved).toMatchObject({
      runId: 'a',
      password: null,
      settings: { source: SOURCE, schedule: { kind: 'reading' } },
    });
  });

  it('says how it does, and what is to be known, in both languages', async () => {
    view = ON;
    bridge();
    for (const language of ['en', 'ko'] as const) {
      watchPanel.view.value = null;
      await watchPanel.view.reload('a');
      const drawn = panel(language);
      await expect.poll(() => drawn.text()).toContain('1.50 °C');
      expect(drawn.notices()).toEqual(['warning']);
      expect(drawn.text()).toContain('/srv/page');
      if (language === 'ko') {
        expect(englishIn(drawn, NAMES)).toEqual([]);
      } else {
        expect(drawn.text()).toContain('has had no reading since that of');
        expect(drawn.find('input[type="number"]')).toHaveProperty('value', '2');
      }
    }
  });

  it('is told where the weather service’s forecasts appear, of a model that corrects one', async () => {
    view = ON;
    const { asked } = bridge({ chooseWatchPath: () => ({ path: '/srv/service.csv' }) });
    for (const language of ['en', 'ko'] as const) {
      watchPanel.view.value = null;
      await watchPanel.view.reload('a');
      const { buttons: plain } = panel(language);
      const drawn = draw(Watch, { runId: 'a', hasService: true, onforecast: () => undefined }, language);
      const choose = drawn.buttons().find((label) => !plain().includes(label))!;
      drawn.press(choose);
      await expect.poll(() => drawn.text()).toContain('/srv/service.csv');
      expect(asked.at(-1)).toMatchObject(['saveWatch', { settings: { forecasts: '/srv/service.csv' } }]);
      if (language === 'ko') expect(englishIn(drawn, [...NAMES, '/srv/service.csv'])).toEqual([]);
    }
  });

  it('offers a training on all readings where the model is surely worse, and the model before', async () => {
    const worse: WatchView = { ...ON, grade: { ...ON.grade!, worseSince: Date.UTC(2026, 0, 1) } };
    const settings = { ...ON.settings!, retrainDays: 30 };
    view = ON;
    const { asked } = bridge({
      retrainWatched: () => ({ ...worse, isRetraining: true }),
      takeEarlierBack: () => ON,
    });
    for (const language of ['en', 'ko'] as const) {
      watchPanel.view.value = null;
      await watchPanel.view.reload('a');
      const drawn = panel(language);
      expect(drawn.buttons()).not.toContain('Train again on all readings');
      watchPanel.view.value = { ...worse, settings, hasEarlier: true };
      const now = language === 'en' ? 'Train again on all readings' : '모든 관측으로 다시 학습';
      await expect.poll(() => drawn.buttons()).toContain(now);
      if (language === 'ko') expect(englishIn(drawn, NAMES)).toEqual([]);
      drawn.press(language === 'en' ? 'Take back the model before' : '앞 모델로 되돌리기');
      await expect.poll(() => asked.at(-1)?.[0]).toBe('takeEarlierBack');
      watchPanel.view.value = { ...worse, settings };
      await expect.poll(() => drawn.buttons()).toContain(now);
      drawn.press(now);
      await expect.poll(() => drawn.find('[data-testid="retraining"]')).not.toBeNull();
    }
  });

  it('tries a way of publishing and says what happened', async () => {
    view = ON;
    let works = true;
    const cause = phrase('disk-full');
    bridge({
      tryPublishing: () =>
        works ? undefined : refuse(new Problem('cannot-write', { file: 'index.html', cause })),
    });
    await watchPanel.view.reload('a');
    const drawn = panel();
    drawn.press('Try the page');
    await expect.poll(() => drawn.text()).toContain('The page was written.');
    works = false;
    drawn.press('Try the page');
    await expect.poll(() => drawn.text()).toContain('no space is left on the disk');
  });

  it('tells of a new forecast of this run, and of no other', async () => {
    const { tell } = bridge();
    const told = vi.fn();
    panel('en', told);
    tell('watched', { runId: 'b' });
    expect(told).not.toHaveBeenCalled();
    tell('watched', { runId: 'a' });
    expect(told).toHaveBeenCalledOnce();
  });
});
