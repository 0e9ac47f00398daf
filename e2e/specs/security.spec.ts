import { expect, test } from '../fixtures/app';

test('the window is sandboxed: no Node, no navigation, no remote content, no foreign input', async ({
  app,
}) => {
  const { window, electron } = app;
  const preferences = await electron.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents as unknown as {
      getLastWebPreferences(): Record<string, unknown>;
    };
    return contents.getLastWebPreferences();
  });
  expect(preferences).toMatchObject({ sandbox: true, contextIsolation: true, nodeIntegration: false });

  const globals = await window.evaluate(() => [
    typeof globalThis.process,
    typeof Reflect.get(globalThis, 'require'),
  ]);
  expect(globals).toEqual(['undefined', 'undefined']);

  const before = window.url();
  await window.evaluate(() => {
    location.href = 'data:text/html,gone';
  });
  expect(await window.evaluate(() => globalThis.open('about:blank'))).toBeNull();
  expect(window.url()).toBe(before);

  // connect-src 'none' and script-src 'self' refuse what a page of ours never does.
  const fetched = await window.evaluate(() =>
    fetch('hindcast://app/index.html').then(
      () => 'fetched',
      () => 'refused',
    ),
  );
  expect(fetched).toBe('refused');
  const evaluated = await window.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'globalThis.smuggled = true';
    document.head.append(script);
    return Reflect.get(globalThis, 'smuggled') === true;
  });
  expect(evaluated).toBe(false);

  const answers = await window.evaluate(async () => {
    const bridge = Reflect.get(globalThis, 'hindcast') as Record<
      string,
      (input: unknown) => Promise<unknown>
    >;
    return Promise.all([
      bridge['verifyRun']?.({ runId: '../../etc' }),
      bridge['openDataset']?.({ kind: 'file' }),
    ]);
  });
  for (const answer of answers)
    expect(answer).toMatchObject({ ok: false, problem: { code: 'request-invalid' } });
});
