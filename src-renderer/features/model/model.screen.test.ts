import { beforeEach, describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../../src-main/contract/language';
import { phrase } from '../../../src-main/contract/phrases';
import type { Remedy } from '../../../src-main/contract/remedy';
import { presetSettings } from '../../../src-main/contract/settings';
import { Problem } from '../../../src-main/contract/problems';
import { app } from '../../app-state.svelte';
import { draw, englishIn, fixtureBridge, refuse } from '../../screen.fixture';
import { fixtureColumn, fixtureDataset, fixtureMapping } from '../columns/dataset.fixture';
import Model from './Model.svelte';
import Summary from './Summary.svelte';

const mapping = fixtureMapping();
const dataset = fixtureDataset(
  [fixtureColumn(0, { role: 'time' }), fixtureColumn(1, { role: 'target' }), fixtureColumn(2)],
  mapping,
);
const settings = presetSettings('recommended');
const remedies: readonly Remedy[] = [
  { kind: 'leave-out', columns: [2], mapping, settings, windows: 40 },
  {
    kind: 'window',
    columns: [],
    mapping: { ...mapping, inputs: [1, 2] },
    settings: { ...settings, window: 12 },
    windows: 25,
  },
];
const OWN = ['column 0', 'column 1', 'column 2', 'a.csv', 'Recommended', 'Tutorial'];

beforeEach(() => {
  app.dataset = dataset;
  app.mapping = mapping;
  app.settings = settings;
  app.training = 'idle';
});

describe('Model', () => {
  it.each(LANGUAGES)('says that no window remains, why, and what helps (%s)', async (language) => {
    fixtureBridge({
      checkJob: () => refuse(new Problem('too-few-windows', { windows: 0, part: phrase('part-training') })),
      findRemedies: () => remedies,
    });
    const drawn = draw(Model, {}, language);
    const [leaveOut, window] =
      language === 'en'
        ? (['Leave out column 2', 'A window of 12'] as const)
        : (['column 2 빼기', '윈도 12'] as const);
    await expect.poll(() => drawn.text()).toContain('40');
    const labels = drawn.buttons();
    expect(labels.some((label) => label.startsWith(leaveOut.slice(0, 8)))).toBe(true);
    expect(drawn.notices()).toContain('problem');
    expect(drawn.buttons().filter((label) => /^(Train|학습)( \(off\))$/.test(label))).toHaveLength(1);
    if (language === 'ko') expect(englishIn(drawn, OWN)).toEqual([]);
    else {
      expect(drawn.text()).toContain('only 0 windows remain for the training part');
      drawn.press(window);
      expect(app.settings.window).toBe(12);
      expect(app.mapping?.inputs).toEqual([1, 2]);
    }
  });

  it('cannot train while a field is wrong, and says so instead of asking', async () => {
    const { asked } = fixtureBridge();
    const drawn = draw(Model, {});
    await expect.poll(() => drawn.find('input.input')).not.toBeNull();
    const field = drawn.find('input.input') as HTMLInputElement;
    field.value = '';
    field.dispatchEvent(new Event('input', { bubbles: true }));
    field.dispatchEvent(new Event('change', { bubbles: true }));
    field.dispatchEvent(new Event('blur'));
    await expect.poll(() => drawn.notices()).toContain('problem');
    expect(drawn.buttons()).toContain('Train (off)');
    expect(asked.filter(([name]) => name === 'startTraining')).toEqual([]);
  });

  it.each(LANGUAGES)('leads to the data where there are none (%s)', (language) => {
    fixtureBridge();
    app.dataset = null;
    app.mapping = null;
    const drawn = draw(Model, {}, language);
    expect(drawn.buttons()).toHaveLength(2);
    if (language === 'ko') expect(englishIn(drawn, OWN)).toEqual([]);
  });

  it.each(LANGUAGES)('leads to the training while one runs (%s)', (language) => {
    fixtureBridge();
    app.training = 'running';
    const drawn = draw(Model, {}, language);
    expect(drawn.buttons().some((label) => /^(Train|학습)( \(off\))?$/.test(label))).toBe(false);
  });
});

describe('the summary', () => {
  const summary = {
    rows: 100,
    filled: [{ name: 'dew point', count: 3 }],
    inputNames: [
      { name: 'dew point', made: false },
      { name: 'dew point (2)', made: true },
      { name: 'sin(hour of day)', made: true },
    ],
    windowsShape: [90, 6, 3] as const,
    train: 70,
    validation: 0,
    test: 20,
    toldByLater: 4,
    parts: { train: { from: 0, to: 1e9 }, validation: null, test: { from: 2e9, to: 3e9 } },
    outline: { from: 0, to: 1, low: [], high: [] },
    parameters: [{ name: 'lstm.kernel', shape: [3, 40] }],
    parameterCount: 120,
  };

  it('recommends other settings where a column was made the weather service’s forecast, and back', () => {
    fixtureBridge({});
    const asked = { horizon: 3, seed: 7 };
    app.settings = { ...settings, ...asked };
    app.mapping = { ...mapping, service: [2] };
    draw(Model, {}, 'en');
    expect(app.settings).toMatchObject({ ...asked, hidden: 16, window: 1 });
    app.mapping = mapping;
    draw(Model, {}, 'en');
    expect(app.settings).toMatchObject({ ...asked, hidden: settings.hidden });
    app.settings = presetSettings('tutorial');
    app.mapping = { ...mapping, service: [2] };
    draw(Model, {}, 'en');
    expect(app.settings).toEqual(presetSettings('tutorial'));
  });

  it('warns of windows that know what came later, and names inputs as file and language do', () => {
    const drawn = draw(Summary, { summary, stepSeconds: 86_400 }, 'ko');
    expect(drawn.notices()).toEqual(['warning']);
    expect(drawn.text()).toContain('dew point, 이슬점 (2), sin(시각)');
    expect(englishIn(drawn, ['dew point', 'lstm.kernel', 'sin'])).toEqual([]);
    const plain = draw(Summary, { summary: { ...summary, toldByLater: 0 }, stepSeconds: 86_400 });
    expect(plain.notices()).toEqual([]);
    expect(plain.text()).toContain('(90, 6, 3)');
  });
});
