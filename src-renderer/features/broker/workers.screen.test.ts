import { flushSync } from 'svelte';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { BrokerView, WorkerView } from '../../../src-main/contract/broker-view';
import { LANGUAGES } from '../../../src-main/contract/language';
import { Problem } from '../../../src-main/contract/problems';
import { app } from '../../app-state.svelte';
import { en } from '../../i18n/en';
import { ko } from '../../i18n/ko';
import { draw, englishIn, fixtureBridge, refuse } from '../../screen.fixture';
import { brokerPanel } from './broker.svelte';
import Workers from './Workers.svelte';

const WORDS = { en, ko };
const NONE: BrokerView = { state: 'none', place: null, isKept: true, problem: null, workers: [] };
const PLACE = 'club.example:5433';
const worker = (name: string, changes: Partial<WorkerView> = {}): WorkerView => ({
  name,
  version: '0.1.0',
  kernels: 'own',
  device: 'CPU',
  isAlike: true,
  jobs: 2,
  perMinute: 2.5,
  doing: [0.34, null],
  ...changes,
});
const REACHED: BrokerView = { ...NONE, state: 'reached', place: PLACE, workers: [worker('attic')] };

beforeEach(() => {
  brokerPanel.view = null;
  app.problem = null;
});

async function drawn(view: BrokerView, language: (typeof LANGUAGES)[number] = 'en') {
  const bridge = fixtureBridge({ readBroker: () => view, saveBroker: () => REACHED });
  const screen = draw(Workers, {}, language);
  await vi.waitFor(() => expect(brokerPanel.view).toEqual(view));
  flushSync();
  return { ...bridge, screen };
}

describe.each(LANGUAGES)('the broker in %s', (language) => {
  const words = WORDS[language].broker;

  it('is asked for where there is none, and its address does not stay in the page', async () => {
    const { asked, screen } = await drawn(NONE, language);
    expect(screen.text()).toContain(words.none);
    const input = screen.find('input') as HTMLInputElement;
    expect(input.type).toBe('password');
    input.value = ' postgres://club:secret@club.example/club ';
    input.dispatchEvent(new Event('input', { bubbles: true }));
    flushSync();
    screen.press(words.use);
    await vi.waitFor(() => expect(brokerPanel.view).toEqual(REACHED));
    flushSync();
    expect(asked.at(-1)).toEqual(['saveBroker', { address: 'postgres://club:secret@club.example/club' }]);
    expect(document.body.innerHTML).not.toContain('secret');
    expect(screen.text()).toContain(words.reached(PLACE));
  });

  it('shows who works for it, and what each does', async () => {
    const idle = worker('cellar', { doing: [], perMinute: null });
    const other = worker('shed', { isAlike: false, version: '0.0.9', doing: [] });
    const { screen } = await drawn({ ...REACHED, workers: [worker('attic'), idle, other] }, language);
    const text = screen.text();
    for (const said of ['attic', '34', words.begins, words.waits, words.takesNothing, '0.0.9', '2.5'])
      expect(text).toContain(said);
    expect(screen.notices()).toEqual([]);
    if (language !== 'en')
      expect(englishIn(screen, ['Hindcast', 'CPU', 'own', 'attic', 'cellar', 'shed', PLACE])).toEqual([]);
  });

  it('says when nobody works for it, when it is away, and when it cannot be used', async () => {
    const { screen, tell } = await drawn({ ...REACHED, workers: [] }, language);
    expect(screen.text()).toContain(words.nobody);
    brokerPanel.connect();
    tell('broker', { ...REACHED, state: 'away', workers: [] });
    flushSync();
    expect([screen.notices(), screen.text()]).toEqual([
      ['warning'],
      expect.stringContaining(words.away(PLACE)),
    ]);
    const problem = new Problem('broker-refused', { place: PLACE }).toData();
    tell('broker', { ...REACHED, state: 'failed', problem, workers: [], isKept: false });
    flushSync();
    expect(screen.text()).toContain(words.notKept);
    expect(screen.buttons()).toEqual([words.leave, words.tryAgain]);
  });
});

it('keeps what was typed where the broker refuses it', async () => {
  fixtureBridge({
    readBroker: () => NONE,
    saveBroker: () => refuse(new Problem('broker-refused', { place: PLACE })),
  });
  brokerPanel.view = NONE;
  expect(await brokerPanel.save('postgres://a:b@c/d')).toBe(false);
  expect([app.problem?.code, brokerPanel.view]).toEqual(['broker-refused', NONE]);
});
