import { join } from 'node:path';
import { inject } from 'vitest';
import type { BUNDLED_ENTRIES } from './bundle.setup';

declare module 'vitest' {
  interface ProvidedContext {
    /** The folder of what bundle.setup.ts bundled. */
    bundle: string;
  }
}

export const bundleFolder = (): string => inject('bundle');

/** @returns the path of an entry as it is shipped */
export const bundled = (entry: keyof typeof BUNDLED_ENTRIES): string => join(bundleFolder(), `${entry}.cjs`);
