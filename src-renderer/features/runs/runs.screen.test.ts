import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../../src-main/contract/language';
import { phrase } from '../../../src-main/contract/phrases';
import { draw, englishIn, fixtureBridge, refuse } from '../../screen.fixture';
import { Problem } from '../../../src-main/contract/problems';
import { app } from '../../app-state.svelte';
import DamagedRuns from './DamagedRuns.svelte';
import Runs from './Runs.svelte';
import { runsScreen } from './runs.svelte';

const damaged = [
  {
    id: 'broken-1',
    problem: new Problem('run-damaged', {
      name: 'broken-1',
      cause: phrase('file-missing-or-large', { file: 'run.json' }),
    }).toData(),
  },
];

describe.each(LANGUAGES)('runs (%s)', (language) => {
  it('that are damaged are listed with the reason and what can be done', async () => {
    const { asked } = fixtureBridge({ listRuns: () => ({ runs: [], damaged, deleted: [] }) });
    runsScreen.damaged = damaged;
    const drawn = draw(DamagedRuns, {}, language);
    expect(drawn.text()).toContain('run.json');
    expect(drawn.buttons()).toHaveLength(3);
    if (language === 'ko') expect(englishIn(drawn, ['broken-1', 'run.json'])).toEqual([]);
    const [retry, , remove] = drawn.buttons();
    drawn.press(retry!);
    await expect.poll(() => asked.map(([name]) => name)).toEqual(['recoverRun', 'listRuns']);
    drawn.press(remove!);
    await expect.poll(() => asked).toContainEqual(['deleteRun', { runId: 'broken-1' }]);
  });

  it('lead to the data where there are none', async () => {
    fixtureBridge({ listRuns: () => ({ runs: [], damaged: [], deleted: [] }) });
    runsScreen.damaged = [];
    const drawn = draw(Runs, {}, language);
    await expect.poll(() => runsScreen.runs).toEqual([]);
    expect(drawn.buttons().length).toBeGreaterThan(0);
    if (language === 'ko') expect(englishIn(drawn)).toEqual([]);
  });

  it('that cannot be listed say why', async () => {
    const why = new Problem('runs-folder', { file: '/runs', cause: phrase('part-no-folder') });
    fixtureBridge({ listRuns: () => refuse(why) });
    const drawn = draw(Runs, {}, language);
    await expect.poll(() => drawn.notices()).toEqual(['problem']);
    expect(drawn.text()).toContain('/runs');
    if (language === 'ko') expect(englishIn(drawn, ['/runs'])).toEqual([]);
    runsScreen.problem = null;
    app.problem = null;
  });
});
