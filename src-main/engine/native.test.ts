import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { configureThreads, describeDevice, describeMachine, startNative } from './native';

const compiled = existsSync(resolve('node_modules/@tensorflow/tfjs-node/lib/napi-v8/hindcast_kernels.node'));
const wanted = process.env['HINDCAST_KERNELS'];
const vectors = process.env['HINDCAST_VECTORS'];
const THREADS = { intraOpThreads: 1, interOpThreads: 2, oneDnn: false };

describe('what computes the LSTM', () => {
  it('are our own kernels where they are compiled and wanted, in the vectors that the machine has', () => {
    const own = compiled && wanted !== 'tensorflow';
    expect(describeMachine().kernels).toBe(own ? 'own' : 'tensorflow');
    const { kernels, device } = describeDevice();
    expect(device).toBe('CPU');
    expect(kernels).toMatch(own ? /^own \((avx512|avx2|baseline)\)$/ : /^tensorflow$/);
    if (own && vectors === 'baseline') expect(kernels).toBe('own (baseline)');
    expect(describeMachine().kernels).toBe(own ? 'own' : 'tensorflow');
  });

  it('lets the threads be chosen until the first session, also when the library is loaded', () => {
    configureThreads(THREADS);
    expect(describeDevice().threads).toEqual(THREADS);
    startNative();
    expect(() => configureThreads(THREADS)).toThrow(/A session has begun/);
  });
});
