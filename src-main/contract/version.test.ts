import { expect, it } from 'vitest';
import { version } from '../../package.json';
import { HINDCAST_VERSION } from './version';

it('is that of the package', () => {
  expect(HINDCAST_VERSION).toBe(version);
});
