import { expect, it } from 'vitest';
import type { ColumnMapping } from '../../../src-main/contract/dataset';
import { fixtureMapping } from '../columns/dataset.fixture';
import { MOST_STRUCK } from '../../../src-main/contract/readings';
import { Edits } from './edits.svelte';

const CHOICE = { quantity: 'temperature', unit: '°C', useUnit: '°C', gapPolicy: 'linear' } as const;
const mapping = fixtureMapping({
  inputs: [1, 2],
  columns: [1, 2].map((index) => ({ ...CHOICE, index })),
});
function edited() {
  const app = { mapping: mapping as ColumnMapping | null, dataset: null };
  return { app, edits: new Edits(app) };
}

it('strikes, takes back, undoes and redoes; a new step forgets what was undone', () => {
  const { app, edits } = edited();
  edits.strike([{ column: 1, spans: [{ from: 10, to: 20 }] }]);
  edits.strike([
    { column: 1, spans: [{ from: 21, to: 30 }] },
    { column: 2, spans: [{ from: 5, to: 5 }] },
  ]);
  const both = edits.struck;
  expect([...both]).toEqual([
    [1, [{ from: 10, to: 30 }]],
    [2, [{ from: 5, to: 5 }]],
  ]);
  edits.undo();
  expect([...edits.struck]).toEqual([[1, [{ from: 10, to: 20 }]]]);
  edits.redo();
  expect(edits.struck).toEqual(both);
  edits.takeBack([{ column: 1, spans: [{ from: 15, to: 16 }] }]);
  expect(edits.struck.get(1)).toEqual([
    { from: 10, to: 14 },
    { from: 17, to: 30 },
  ]);
  edits.undo();
  edits.undo();
  edits.undo();
  expect(edits.canUndo).toBe(false);
  expect(app.mapping).toEqual(mapping);
  edits.strike([{ column: 2, spans: [{ from: 1, to: 2 }] }]);
  expect(edits.canRedo).toBe(false);
});

it('leaves what else was chosen meanwhile, and counts no step that changes nothing', () => {
  const { app, edits } = edited();
  edits.strike([{ column: 1, spans: [{ from: 10, to: 20 }] }]);
  edits.strike([{ column: 1, spans: [{ from: 12, to: 14 }] }]);
  app.mapping = { ...app.mapping!, target: 2, stepSeconds: 3600 };
  edits.undo();
  expect(edits.canUndo).toBe(false);
  expect(app.mapping).toEqual({ ...mapping, target: 2, stepSeconds: 3600 });
});

it('refuses more spans than are kept, and stays as it was', () => {
  const { app, edits } = edited();
  const spans = Array.from({ length: MOST_STRUCK + 1 }, (_, at) => ({ from: 10 * at, to: 10 * at }));
  expect(() => edits.strike([{ column: 1, spans }])).toThrow(
    expect.objectContaining({ code: 'too-many-struck' }),
  );
  expect(app.mapping).toBe(mapping);
});
