import { expect, it } from 'vitest';
import { devDependencies } from '../../package.json';
import { isOldElectron, OLDEST_KEPT_ELECTRON } from './runtime';

it('counts as old what is three major versions behind the Electron that package.json asks for', () => {
  const newest = Number(/\d+/.exec(devDependencies.electron)![0]);
  expect(OLDEST_KEPT_ELECTRON).toBe(newest - 2);
  expect(['25.1.1', `${newest - 3}.0.0`, `${newest - 2}.0.0`, `${newest}.4.1`].map(isOldElectron)).toEqual([
    true,
    true,
    false,
    false,
  ]);
});
