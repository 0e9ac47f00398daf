import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import { app, protocol, session, type Session, type WebFrameMain } from 'electron';

/**
 * All hardening in one place. The window shows our own files from `hindcast://app/` and nothing else: no permission,
 * no navigation, no new window, no remote content.
 */
const SCHEME = 'hindcast';
const HOST = 'app';
export const APP_ORIGIN = `${SCHEME}://${HOST}`;
export const APP_URL = `${APP_ORIGIN}/index.html`;

const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  // What ECharts, bits-ui and Svelte place they place by properties of the style, which need no 'unsafe-inline'.
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/**
 * Must run before the app is ready: Chromium reads its switches only then. It has no business on the network: no name is
 * looked up and no address reached, whatever a page tries; WebRTC, which asks no such rule, gets no UDP.
 */
export function closeNetwork(): void {
  const { commandLine } = app;
  commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND');
  commandLine.appendSwitch('force-webrtc-ip-handling-policy', 'disable_non_proxied_udp');
  commandLine.appendSwitch('webrtc-ip-handling-policy', 'disable_non_proxied_udp');
  for (const name of [
    'disable-background-networking',
    'disable-component-update',
    'disable-domain-reliability',
  ]) {
    commandLine.appendSwitch(name);
  }
  for (const name of ['disable-quic', 'dns-prefetch-disable', 'no-pings', 'disable-sync']) {
    commandLine.appendSwitch(name);
  }
}

/** Must run before the app is ready: Electron takes schemes only then. */
export function declareScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme: SCHEME, privileges: { standard: true, secure: true } }]);
}

/** The file that a URL of ours names, or null for anything outside the renderer's folder. */
export function fileOfUrl(url: string, folder: string): string | null {
  const { hostname, pathname } = new URL(url);
  if (hostname !== HOST) return null;
  let relative: string;
  try {
    relative = decodeURIComponent(pathname);
  } catch {
    return null;
  }
  const path = normalize(join(folder, relative));
  return path.startsWith(folder + sep) && !path.includes('\0') ? path : null;
}

function respond(status: number, type: string, body: string | Uint8Array<ArrayBuffer>): Response {
  return new Response(body, {
    status,
    headers: {
      'content-type': type,
      'content-security-policy': contentSecurityPolicy,
      'x-content-type-options': 'nosniff',
    },
  });
}

/** Serves the renderer's files with their type; every answer carries the content security policy. */
export function serveRenderer(folder: string): void {
  const missing = (): Response => respond(404, 'text/plain; charset=utf-8', 'not found');
  protocol.handle(SCHEME, async (request) => {
    const path = fileOfUrl(request.url, folder);
    const type = path === null ? undefined : CONTENT_TYPES[extname(path)];
    if (path === null || type === undefined) return missing();
    return readFile(path).then((content) => respond(200, type, content), missing);
  });
}

/** What pages may ask for by themselves: our own files, and what they carry in them. */
const LOCAL_URL = /^(hindcast|data|blob|devtools|chrome-extension):/;

function harden(each: Session): void {
  each.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  each.setPermissionCheckHandler(() => false);
  each.setDevicePermissionHandler(() => false);
  each.setSpellCheckerEnabled(false);
  each.webRequest.onBeforeRequest(({ url }, answer) => answer({ cancel: !LOCAL_URL.test(url) }));
}

/** Denies every permission, navigation, window and webview, for all web contents and sessions there will ever be. */
export function denyByDefault(): void {
  harden(session.defaultSession);
  app.on('session-created', harden);
  app.on('web-contents-created', (_event, contents) => {
    contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
    contents.on('will-navigate', (event) => event.preventDefault());
    contents.on('will-redirect', (event) => event.preventDefault());
    contents.on('will-attach-webview', (event) => event.preventDefault());
  });
}

/** Whether a message comes from the top frame of our own page. */
export function isOurFrame(frame: WebFrameMain | null): boolean {
  if (frame === null || frame.parent !== null) return false;
  const { protocol: frameProtocol, hostname } = new URL(frame.url);
  return frameProtocol === `${SCHEME}:` && hostname === HOST;
}
