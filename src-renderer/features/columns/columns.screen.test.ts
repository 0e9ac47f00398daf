import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../../src-main/contract/language';
import type { ColumnMapping } from '../../../src-main/contract/dataset';
import { draw, englishIn } from '../../screen.fixture';
import { fixtureDataset, fixtureMapping } from './dataset.fixture';
import SunPlace from './SunPlace.svelte';

describe.each(LANGUAGES)('columns (%s)', (language) => {
  it('have the sun as an input where its place is told', () => {
    let mapping: ColumnMapping | null = null;
    const drawn = draw(
      SunPlace,
      {
        dataset: fixtureDataset([], null),
        mapping: fixtureMapping(),
        onchange: (next: ColumnMapping) => (mapping = next),
      },
      language,
    );
    expect(drawn.text()).not.toContain('UTC');
    drawn.find('[role="switch"]').click();
    expect(mapping).toMatchObject({ sun: null });
    expect(drawn.text()).toContain('UTC');
    if (language === 'ko') expect(englishIn(drawn, ['UTC'])).toEqual([]);
  });
});
