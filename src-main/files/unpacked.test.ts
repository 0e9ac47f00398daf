import { expect, it } from 'vitest';
import { unpacked } from './unpacked';

it.each([
  [
    'file:///usr/lib/x/resources/app.asar/out/main/a.cjs',
    'file:///usr/lib/x/resources/app.asar.unpacked/out/main/a.cjs',
  ],
  ['C:\\x\\resources\\app.asar', 'C:\\x\\resources\\app.asar.unpacked'],
  ['/x/app.asar.unpacked/out/main', '/x/app.asar.unpacked/out/main'],
  ['/home/me/hindcast/out/main', '/home/me/hindcast/out/main'],
])('%s', (path, expected) => {
  expect(unpacked(path)).toBe(expected);
});
