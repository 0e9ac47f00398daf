import { createSocket } from 'node:dgram';
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

test('WebRTC sends nothing: no packet reaches a server that the page names', async ({ app }) => {
  const server = createSocket('udp4');
  let packets = 0;
  server.on('message', () => {
    packets += 1;
  });
  await new Promise<void>((bound) => server.bind(0, '127.0.0.1', bound));
  try {
    const { port } = server.address();
    const candidates = await app.window.evaluate(async (stun) => {
      const found: string[] = [];
      try {
        const connection = new RTCPeerConnection({ iceServers: [{ urls: `stun:127.0.0.1:${stun}` }] });
        connection.onicecandidate = ({ candidate }) => {
          if (candidate !== null && candidate.candidate !== '') found.push(candidate.candidate);
        };
        connection.createDataChannel('any');
        await connection.setLocalDescription(await connection.createOffer());
        // Where it may send, the first packets come within some hundredths of a second.
        await new Promise((later) => setTimeout(later, 3000));
      } catch {
        // Refused outright.
      }
      return found;
    }, port);
    expect(packets).toBe(0);
    expect(candidates.filter((each) => / udp /i.test(each))).toEqual([]);
    // Chromium reports directives that it does not know: 'webrtc' is one.
    expect(app.errors).toEqual([]);
  } finally {
    server.close();
  }
});

test('every answer carries the policy, also one that there is nothing, and takes no style from markup', async ({
  app,
}) => {
  const policies = await app.electron.evaluate(async ({ net }) => {
    const urls = [
      'hindcast://app/index.html',
      'hindcast://app/none.js',
      'hindcast://app/none',
      'hindcast://other/',
    ];
    return Promise.all(
      urls.map(async (url) => {
        const answer = await net.fetch(url);
        return `${answer.status} ${answer.headers.get('content-security-policy') ?? ''}`;
      }),
    );
  });
  expect(policies.map((each) => each.slice(0, 3))).toEqual(['200', '404', '404', '404']);
  for (const policy of policies) {
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain('unsafe');
  }
  const styled = await app.window.evaluate(() => {
    const box = document.createElement('div');
    box.innerHTML = '<p style="position: fixed">x</p>';
    document.body.append(box);
    const { position } = getComputedStyle(box.firstElementChild!);
    box.remove();
    return position;
  });
  expect(styled).toBe('static');
});
