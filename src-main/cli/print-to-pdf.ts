import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { phrase, type Phrase } from '../contract/phrases';
import { Problem } from '../contract/problems';
import type { Installation } from './installation';

const execute = promisify(execFile);
const PATIENCE_MS = 60_000;

/**
 * A page as PDF, printed by the app's own Electron in a process of its own. Where Linux has no display a virtual one is
 * taken, which set-up has installed for the tests.
 * @throws Problem 'cannot-print'
 */
export async function printToPdf(html: string, { electron, appArguments }: Installation): Promise<Buffer> {
  const executable = await electron();
  if (executable === null) throw new Problem('cannot-print', { cause: phrase('no-electron') });
  const folder = await mkdtemp(join(tmpdir(), 'hindcast-print-'));
  try {
    const [page, pdf] = [join(folder, 'report.html'), join(folder, 'report.pdf')];
    await writeFile(page, html);
    // Chromium's sandbox refuses to work for root.
    const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    const command = [executable, ...sandbox, ...appArguments, '--print-report', page, pdf];
    const { DISPLAY, WAYLAND_DISPLAY } = process.env;
    const isBlind = process.platform === 'linux' && !DISPLAY && !WAYLAND_DISPLAY;
    const [program = '', ...args] = isBlind ? ['xvfb-run', '-a', ...command] : command;
    const env = { ...process.env, ELECTRON_RUN_AS_NODE: undefined };
    await execute(program, args, { env, timeout: PATIENCE_MS, windowsHide: true });
    return await readFile(pdf);
  } catch (error) {
    throw new Problem('cannot-print', { cause: causeOf(error) }, { cause: error });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function causeOf(error: unknown): Phrase {
  const { code, killed } = error as { readonly code?: unknown; readonly killed?: boolean };
  if (killed === true) return phrase('print-slow');
  if (code === 'ENOENT') return phrase('print-missing');
  return phrase('print-ended', { exit: String(code) });
}
