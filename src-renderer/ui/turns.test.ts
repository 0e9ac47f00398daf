import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { forgetTurn, takeTurn } from './turns';

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('requestAnimationFrame', (draw: () => void) => setTimeout(draw, 16));
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** The frame, and the task behind it. */
const frame = (): void => void vi.advanceTimersByTime(17);

test('one piece a frame, in the order in which they asked', () => {
  const done: string[] = [];
  for (const name of ['a', 'b', 'c']) takeTurn({}, () => done.push(name));
  expect(done).toEqual([]);
  frame();
  expect(done).toEqual(['a']);
  frame();
  frame();
  expect(done).toEqual(['a', 'b', 'c']);
});

test('an owner waits once, with its latest work, and not at all once it is forgotten', () => {
  const done: string[] = [];
  const [chart, part] = [{}, {}];
  takeTurn(chart, () => done.push('first'));
  takeTurn(part, () => done.push('part'));
  takeTurn(chart, () => done.push('latest'));
  forgetTurn(part);
  vi.runAllTimers();
  expect(done).toEqual(['latest']);
});

test('who asks after all is forgotten has one turn a frame as well', () => {
  const done: string[] = [];
  const part = {};
  takeTurn(part, () => done.push('forgotten'));
  forgetTurn(part);
  for (const name of ['a', 'b']) takeTurn({}, () => done.push(name));
  frame();
  expect(done).toEqual(['a']);
  vi.runAllTimers();
  expect(done).toEqual(['a', 'b']);
});

test('work that fails does not hold up what waits behind it', () => {
  const done: string[] = [];
  takeTurn({}, () => {
    throw new Error('broken');
  });
  takeTurn({}, () => done.push('after'));
  expect(frame).toThrow('broken');
  vi.runAllTimers();
  expect(done).toEqual(['after']);
});
