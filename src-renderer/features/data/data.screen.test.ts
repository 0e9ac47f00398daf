import { flushSync } from 'svelte';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { LANGUAGES } from '../../../src-main/contract/language';
import { phrase } from '../../../src-main/contract/phrases';
import { Problem } from '../../../src-main/contract/problems';
import { app } from '../../app-state.svelte';
import ProblemNotice from '../../ProblemNotice.svelte';
import { draw, englishIn, fixtureBridge, refuse } from '../../screen.fixture';
import Chooser from './Chooser.svelte';
import NotOpened from './NotOpened.svelte';

/** What may be wrong with a file, and what each sentence must say. */
const refused = [
  [new Problem('file-empty', { file: 'a.csv' }), /“a\.csv” is empty\. Export the readings again/],
  [
    new Problem('file-not-text', { file: 'a.csv', kind: phrase('kind-picture', { format: 'PNG' }) }),
    /“a\.csv” is not a table of readings but looks like .*PNG/,
  ],
  [new Problem('no-time-column', { file: 'a.csv' }), /No column of “a\.csv” holds dates/],
  [
    new Problem('file-too-large', {
      file: 'a.csv',
      size: phrase('bytes', { bytes: 2 * 1024 ** 3 }),
      limit: phrase('bytes', { bytes: 1024 ** 3 }),
    }),
    /“a\.csv” has 2 GB, more than the/,
  ],
  [
    new Problem('reading-stuck', { file: 'a.csv' }),
    /“a\.csv” was given up, since reading it no longer made progress/,
  ],
  [
    new Problem('target-words', { column: 'sky', line: 2, text: 'sunny' }),
    /Column “sky” holds words \(line 2: “sunny”\)/,
  ],
  [new Problem('column-constant', { column: 'sky', value: 7.5 }), /All values of column “sky” are 7\.5/],
] as const;

beforeEach(() => {
  fixtureBridge();
  app.files.reading = null;
  app.dataset = null;
});

describe('what is wrong with a file', () => {
  it.each(refused)('%s is one sentence with its remedy', (data, sentence) => {
    const drawn = draw(ProblemNotice, { problem: data.toData() });
    expect(drawn.text()).toMatch(sentence);
    expect(drawn.notices()).toEqual(['problem']);
    expect(drawn.find('[role="alert"]')).toBeTruthy();
    const korean = draw(ProblemNotice, { problem: data.toData() }, 'ko');
    expect(korean.text()).toMatch(/[가-힣]/);
    expect(englishIn(korean, ['a.csv', 'sky', 'sunny'])).toEqual([]);
  });

  it('that nobody foresaw names the log, and shows it', () => {
    const { asked } = fixtureBridge();
    app.logFile = '/logs/hindcast.log';
    const drawn = draw(ProblemNotice, {
      problem: new Problem('unexpected', { cause: phrase('said', { error: 'x', text: 'x' }) }).toData(),
    });
    expect(drawn.text()).toContain('/logs/hindcast.log');
    drawn.press('Show log');
    expect(asked).toEqual([['showLog', undefined]]);
    app.logFile = '';
  });
});

describe('forecasts that do not fit the readings', () => {
  const paths = ['/data/garden.csv', '/data/service.csv'];
  const apart = new Problem('forecasts-apart', {
    ...{ file: 'garden.csv', forecasts: 'service.csv', from: '2023-01-01', to: '2023-10-27' },
    ...{ first: '2001-01-01', last: '2001-01-09' },
  }).toData();

  it.each(LANGUAGES)('are left out, or others are chosen (%s)', async (language) => {
    const { asked } = fixtureBridge({
      chooseFile: () => ({ paths: ['/data/other.csv'] }),
      openDataset: () => refuse(new Problem('cancelled')),
    });
    app.files.notOpened = { kind: 'file', paths };
    const drawn = draw(NotOpened, { problem: apart }, language);
    const opened = (): unknown[] =>
      asked.filter(([name]) => name === 'openDataset').map(([, input]) => input);
    const [others, without] = drawn.buttons();
    expect(drawn.buttons()).toHaveLength(2);
    if (language === 'ko') expect(englishIn(drawn, ['garden.csv', 'service.csv'])).toEqual([]);
    drawn.press(without!);
    await vi.waitFor(() => expect(opened()).toEqual([{ kind: 'file', paths: ['/data/garden.csv'] }]));
    await vi.waitFor(() => expect(app.files.isOpening).toBe(false));
    app.files.notOpened = { kind: 'file', paths };
    flushSync();
    drawn.press(others!);
    const chosen = { kind: 'file', paths: ['/data/garden.csv', '/data/other.csv'] };
    await vi.waitFor(() => expect(opened().at(-1)).toEqual(chosen));
  });

  it('leave nothing to go on with where they are all that was opened', () => {
    app.files.notOpened = { kind: 'file', paths: ['/data/service.csv'] };
    expect(draw(NotOpened, { problem: apart }).buttons()).toEqual([]);
  });
});

describe('the chooser', () => {
  it.each(LANGUAGES)('asks for a file, or for one of the samples (%s)', (language) => {
    const drawn = draw(Chooser, { dragging: false }, language);
    expect(drawn.buttons()).toHaveLength(5);
    expect(drawn.buttons().filter((label) => label.endsWith('(off)'))).toEqual([]);
    if (language === 'ko') expect(englishIn(drawn)).toEqual([]);
  });

  it.each(LANGUAGES)('shows how far the reading is, and stops it (%s)', (language) => {
    const { asked } = fixtureBridge();
    app.files.reading = { name: 'a.csv', files: 1, again: false, progress: null };
    const drawn = draw(Chooser, { dragging: false }, language);
    expect(drawn.progress()).toBeNull();
    app.files.reading = { ...app.files.reading, progress: { fraction: 0.42, secondsLeft: 61, rows: 12_345 } };
    expect(drawn.text()).toMatch(/42 ?%.*12,345/);
    expect(drawn.progress()).toBe(42);
    if (language === 'ko') expect(englishIn(drawn, ['a.csv'])).toEqual([]);
    else expect(drawn.text()).toContain('1 min 1 s left');
    // No sample opens meanwhile.
    const [stop, ...samples] = drawn.buttons();
    expect(samples.every((label) => label.endsWith('(off)'))).toBe(true);
    drawn.press(stop!);
    expect(asked).toEqual([['cancelReading', undefined]]);
  });
});
