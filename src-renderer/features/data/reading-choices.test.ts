import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { DETECT_ALL, type DatasetSummary, type ReadingOptions } from '../../../src-main/contract/dataset';
import { ReadingChoices } from './reading-choices.svelte';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const summary = (options: Partial<ReadingOptions>, found: Partial<DatasetSummary> = {}): DatasetSummary =>
  ({
    options: { ...DETECT_ALL, ...options },
    encoding: 'UTF-8',
    delimiter: ',',
    decimal: '.',
    headerLine: 3,
    time: { column: 0, parts: [0], format: 'DD.MM.YYYY', zone: null },
    dateFormats: ['DD.MM.YYYY', 'MM.DD.YYYY'],
    stations: [],
    ...found,
  }) as DatasetSummary;

it('changes made in quick succession are read once, the last of them', () => {
  const read = vi.fn();
  const choices = new ReadingChoices(read);
  choices.change({ delimiter: ';' });
  choices.change({ decimal: ',' });
  choices.change({ decimal: ',' });
  expect(read).not.toHaveBeenCalled();
  vi.runAllTimers();
  expect(read.mock.calls).toEqual([[{ ...DETECT_ALL, delimiter: ';', decimal: ',' }]]);
});

it('what was settled elsewhere is not read again', () => {
  const read = vi.fn();
  const choices = new ReadingChoices(read);
  choices.change({ delimiter: ';' });
  choices.settle(DETECT_ALL);
  vi.runAllTimers();
  expect(read).not.toHaveBeenCalled();
  expect(choices.wanted).toEqual(DETECT_ALL);
});

it('what was found stays known while a choice hides it, and not for another file', () => {
  const choices = new ReadingChoices(() => undefined);
  choices.learn(summary({}));
  expect(choices.detected).toEqual({
    encoding: 'UTF-8',
    delimiter: ',',
    decimal: '.',
    headerLine: 3,
    dateFormat: 'DD.MM.YYYY',
  });
  choices.learn(summary({ encoding: 'CP949' }, { encoding: 'CP949', headerLine: 1 }));
  expect(choices.detected).toMatchObject({ encoding: 'UTF-8', headerLine: 1 });
  choices.begin(DETECT_ALL);
  expect(choices.detected).toEqual({});
});
