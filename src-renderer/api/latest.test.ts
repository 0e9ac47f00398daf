import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Problem } from '../../src-main/contract/problems';
import { Latest } from './latest';

it('gives the answer, or the problem', async () => {
  const latest = new Latest();
  expect(await latest.ask(() => Promise.resolve(7))).toEqual({ ok: true, value: 7 });
  expect(await latest.ask(() => Promise.reject(new Problem('run-missing')))).toEqual({
    ok: false,
    problem: { code: 'run-missing', params: {} },
  });
  const broken = (): Promise<never> => {
    throw new Error('before it was asked');
  };
  expect(await latest.ask(broken)).toMatchObject({ ok: false, problem: { code: 'unexpected' } });
});

it('hears the last question alone, in whatever order the answers come', async () => {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), fc.array(fc.boolean(), { minLength: 1 }), async (s, succeeds) => {
      const latest = new Latest();
      const asked = succeeds.map((isFine, index) =>
        latest.ask(() => s.schedule(isFine ? Promise.resolve(index) : Promise.reject(new Error('no')))),
      );
      await s.waitAll();
      const heard = (await Promise.all(asked)).map((result) => result?.ok ?? null);
      expect(heard).toEqual(succeeds.map((ok, index) => (index === succeeds.length - 1 ? ok : null)));
    }),
  );
});

it('hears nothing that was forgotten, but what is asked after', async () => {
  const latest = new Latest();
  const forgotten = latest.ask(() => Promise.resolve('old'));
  latest.forget();
  expect(await forgotten).toBeNull();
  expect(await latest.ask(() => Promise.resolve('new'))).toEqual({ ok: true, value: 'new' });
});
