import { beforeEach, describe, expect, it } from 'vitest';
import {
  FIXTURE_FAILED,
  fixtureFleet,
  fixturePlan,
  fixtureRow,
  fixtureTrained,
} from '../../../src-main/contract/fleet.fixture';
import { LANGUAGES } from '../../../src-main/contract/language';
import { SHARED_TEXT } from '../../../src-main/contract/shared-model';
import { FIXTURE_SHARED } from '../../../src-main/contract/shared-model.fixture';
import { Problem } from '../../../src-main/contract/problems';
import { app } from '../../app-state.svelte';
import { en } from '../../i18n/en';
import { ko } from '../../i18n/ko';
import { draw, englishIn, fixtureBridge } from '../../screen.fixture';
import Board from './Board.svelte';
import { FIRST_ORDER } from './board-order';
import Fleet from './Fleet.svelte';
import FleetOffer from './FleetOffer.svelte';
import { FIRST_ASK, fleetScreen as screen } from './fleet.svelte';
import FleetStatus from './FleetStatus.svelte';
import NotTrained from './NotTrained.svelte';
import Plan from './Plan.svelte';
import Shared from './Shared.svelte';

const OWN = ['brook', 'hill', 'dale', 'club', 'temp', 'hum', 'c.csv', 'Benjamini', 'Hochberg'];
const FILE_WORDS = [
  'CSV',
  'file',
  'name',
  'latitude',
  'longitude',
  'altitude',
  'file,latitude,longitude,altitude',
];

const trained = fixtureFleet([
  fixtureRow('brook', { result: fixtureTrained({ rmse: 2 }) }),
  fixtureRow('hill', {
    result: fixtureTrained({
      rmse: 1,
      skillOverBest: { value: -0.2, low: null, high: null },
      verdict: 'loses',
      target: 'temp',
    }),
  }),
  fixtureRow('dale', { result: FIXTURE_FAILED }),
]);
const planned = fixtureFleet(
  [
    fixtureRow('brook', { outlook: fixturePlan() }),
    fixtureRow('hill', { outlook: fixturePlan({ unitRead: '°F' }) }),
    fixtureRow('dale', { outlook: { kind: 'failed', problem: FIXTURE_FAILED.problem } }),
  ],
  { state: 'planned' },
);

beforeEach(() => {
  fixtureBridge();
  screen.view = null;
  screen.kept = [];
  screen.ask = FIRST_ASK;
  screen.order = FIRST_ORDER;
  app.problem = null;
});

describe.each(LANGUAGES)('a fleet (%s)', (language) => {
  const words = { en, ko }[language].fleet;
  const isPlain = (drawn: ReturnType<typeof draw>, more: readonly string[] = []): void => {
    if (language === 'ko') expect(englishIn(drawn, [...OWN, ...more])).toEqual([]);
  };

  it('is chosen, or one of the earlier is opened or removed', async () => {
    const kept = [{ id: 'f1-0123456789', name: 'club', createdAt: 0, stations: 6 }];
    const { asked } = fixtureBridge({
      listFleets: () => kept,
      chooseStations: () => null,
      openFleet: () => trained,
    });
    const drawn = draw(Fleet, {}, language);
    await expect.poll(() => drawn.text()).toContain('club');
    drawn.press(words.chooseFolder);
    await expect.poll(() => asked).toContainEqual(['chooseStations', { what: 'folder' }]);
    drawn.press(words.openFleet('club'));
    await expect.poll(() => asked).toContainEqual(['openFleet', { fleetId: 'f1-0123456789' }]);
    isPlain(drawn, FILE_WORDS);
  });

  it('shows as a plan what was read, what differs, and why a station cannot be', () => {
    screen.view = planned;
    const drawn = draw(Plan, { view: planned }, language);
    expect(drawn.text()).toContain(words.differs.converted('°F', '°C'));
    expect(drawn.text()).toMatch(/c\.csv/);
    isPlain(drawn);
  });

  it('is trained from its plan, with other wishes if one likes', async () => {
    const { asked } = fixtureBridge({ planFleet: () => planned });
    screen.view = planned;
    const drawn = draw(Fleet, {}, language);
    drawn.press(words.start('3'));
    await expect.poll(() => asked).toContainEqual(['startFleet', { language, shared: false }]);
    await screen.change({ horizon: 3 });
    expect(asked).toContainEqual(['planFleet', { paths: ['/data'], ask: { ...FIRST_ASK, horizon: 3 } }]);
    isPlain(drawn);
  });

  it('tells how far it is, and is paused, gone on with and stopped', async () => {
    const { asked } = fixtureBridge();
    const howFar = { done: 2, of: 4, secondsLeft: 61, atWork: [{ name: 'hill', fraction: 0.5 }] };
    const drawn = draw(FleetStatus, { view: { ...trained, state: 'running' as const, howFar } }, language);
    // Half of the third station counts.
    expect(drawn.progress()).toBe(63);
    expect(drawn.text()).toContain(words.done('2', '4'));
    expect(drawn.text()).toMatch(/hill 50 ?%/);
    drawn.press(words.pause);
    await expect.poll(() => asked).toEqual([['controlFleet', { action: 'pause' }]]);
    const paused = draw(FleetStatus, { view: { ...trained, state: 'paused' as const, howFar } }, language);
    await expect.poll(() => paused.buttons()).toEqual([words.resume, words.stop]);
    isPlain(drawn);
    isPlain(paused);
  });

  it('says how it ended', () => {
    screen.view = trained;
    const ended = draw(FleetStatus, { view: trained }, language);
    expect(ended.text()).toBe(words.counts('1', '0', '1', '1'));
    const why = new Problem('trainer-busy').toData();
    const failed = draw(
      FleetStatus,
      { view: { ...trained, state: 'failed' as const, problem: why } },
      language,
    );
    expect(failed.notices()).toEqual(['problem']);
    const stopped = draw(FleetStatus, { view: { ...trained, state: 'stopped' as const } }, language);
    expect(stopped.notices()).toEqual(['info']);
    for (const drawn of [ended, failed, stopped]) isPlain(drawn);
  });

  it('has a leaderboard that is sorted by each head, and opens a station as a run', async () => {
    const { asked } = fixtureBridge({ openStation: () => ({ runId: 'r9' }) });
    screen.view = trained;
    const drawn = draw(Board, { view: trained }, language);
    const first = (): string => drawn.find('tbody th').textContent ?? '';
    const sorted = (): string | null =>
      drawn.find('[aria-sort]:not([aria-sort="none"])').getAttribute('aria-sort');
    expect([first(), sorted()]).toEqual(['brook', 'descending']);
    drawn.press(words.columns.rmse);
    expect([first(), sorted()]).toEqual(['hill', 'ascending']);
    drawn.press(words.columns.rmse);
    expect([first(), sorted()]).toEqual(['brook', 'descending']);
    expect(drawn.text()).toContain(words.verdicts.loses);
    isPlain(drawn);
    drawn.press(words.openStation('hill'));
    await expect.poll(() => asked).toContainEqual(['openStation', { name: 'hill' }]);
  });

  it('tells of a shared model whether it helps, and what it does with few readings', async () => {
    const { asked } = fixtureBridge();
    const drawn = draw(Shared, { report: FIXTURE_SHARED }, language);
    const told = SHARED_TEXT[language];
    expect(drawn.text()).toContain(told.counts(1, 0, 1, 1, 2));
    expect(drawn.text()).toContain(told.months(1));
    expect(drawn.text()).toContain(told.lowerAt(1, 1));
    expect(drawn.text()).toContain(told.left.alone);
    isPlain(drawn, ['RMSE', 'LSTM']);
    const howFar = { done: 2, of: 4, secondsLeft: 61, atWork: [] };
    const status = draw(FleetStatus, { view: { ...trained, state: 'sharing' as const, howFar } }, language);
    expect(status.progress()).toBe(50);
    expect(status.text()).not.toContain(words.done('2', '4'));
    expect(status.buttons()).toEqual([words.pause, words.stop]);
    isPlain(status);
    const held = { ...trained, state: 'sharing-paused' as const, howFar };
    const paused = draw(FleetStatus, { view: held }, language);
    expect(paused.text()).not.toContain(words.done('2', '4'));
    expect(paused.buttons()).toEqual([words.resume, words.stop]);
    isPlain(paused);
    screen.view = trained;
    const board = draw(Board, { view: trained }, language);
    board.press(words.shareNow);
    await expect.poll(() => asked).toContainEqual(['startFleet', { language, shared: true }]);
  });

  it('says why stations were not trained', () => {
    const drawn = draw(NotTrained, { view: trained }, language);
    expect(drawn.text()).toMatch(/dale.*c\.csv/);
    isPlain(drawn);
  });

  it('is offered on Data', async () => {
    const { asked } = fixtureBridge({ planFleet: () => planned });
    const offer = { why: 'same-times' as const, count: 6, paths: ['/a', '/b'] };
    const drawn = draw(FleetOffer, { offer }, language);
    isPlain(drawn);
    drawn.press(words.offer.open);
    await expect.poll(() => asked).toContainEqual(['planFleet', { paths: ['/a', '/b'], ask: FIRST_ASK }]);
    expect(app.step).toBe('fleet');
    app.go('data');
  });
});
