import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { givenFileOf } from './given-file';

const app = resolve('/checkout');

it.each([
  { args: ['hindcast'], appFolder: null, given: null },
  { args: ['hindcast', '--no-sandbox', 'a/forecaster.json'], appFolder: null, given: 'a/forecaster.json' },
  { args: ['hindcast', '/b/forecaster.json', '--a-switch=x'], appFolder: null, given: '/b/forecaster.json' },
  { args: ['electron', '--no-sandbox', app], appFolder: app, given: null },
  { args: ['electron', '-r', '/some/module.cjs', app], appFolder: app, given: null },
  { args: ['electron', app, 'a/forecaster.json'], appFolder: app, given: 'a/forecaster.json' },
])('$args', ({ args, appFolder, given }) => {
  expect(givenFileOf(args, '/home/me', appFolder)).toBe(given === null ? null : resolve('/home/me', given));
});
