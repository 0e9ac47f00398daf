import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import { app, protocol, session, type WebFrameMain } from 'electron';

/**
 * All hardening in one place. The window shows our own files from `hindcast://app/` and nothing else: no permission,
 * no navigation, no new window, no remote content.
 */
const scheme = 'hindcast';
const host = 'app';
export const appOrigin = `${scheme}://${host}`;
export const appUrl = `${appOrigin}/index.html`;

const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  // ECharts and bits-ui place elements by style attributes.
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** Must run before the app is ready: Electron takes schemes only then. */
export function declareScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme, privileges: { standard: true, secure: true } }]);
}

/** The file that a URL of ours names, or null for anything outside the renderer's folder. */
export function fileOfUrl(url: string, folder: string): string | null {
  const { hostname, pathname } = new URL(url);
  if (hostname !== host) return null;
  let relative: string;
  try {
    relative = decodeURIComponent(pathname);
  } catch {
    return null;
  }
  const path = normalize(join(folder, relative));
  return path.startsWith(folder + sep) && !path.includes('\0') ? path : null;
}

/** Serves the renderer's files with their type and the content security policy. */
export function serveRenderer(folder: string): void {
  protocol.handle(scheme, async (request) => {
    const path = fileOfUrl(request.url, folder);
    const type = path === null ? undefined : contentTypes[extname(path)];
    if (path === null || type === undefined) return new Response('not found', { status: 404 });
    try {
      return new Response(await readFile(path), {
        headers: {
          'content-type': type,
          'content-security-policy': contentSecurityPolicy,
          'x-content-type-options': 'nosniff',
        },
      });
    } catch {
      return new Response('not found', { status: 404 });
    }
  });
}

/** Denies every permission, navigation, window and webview, for all web contents there will ever be. */
export function denyByDefault(): void {
  session.defaultSession.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.defaultSession.setPermissionCheckHandler(() => false);
  session.defaultSession.setDevicePermissionHandler(() => false);
  app.on('web-contents-created', (_event, contents) => {
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
  return frameProtocol === `${scheme}:` && hostname === host;
}
