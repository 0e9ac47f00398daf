import { Notification } from 'electron';
import type { Warning } from '../contract/watch';

/** What was notified of last: the same warning is not shown with every forecast. */
let shown = '';

/** Shows the warnings of a forecast on the desktop, where they are others than before. */
export function notifyOfWarnings({
  name,
  warnings,
}: {
  readonly name: string;
  readonly warnings: readonly Warning[];
}): void {
  const texts = warnings.map(({ text }) => text);
  const key = [name, ...texts].join('\n');
  if (key === shown) return;
  shown = key;
  if (texts.length > 0 && Notification.isSupported()) {
    new Notification({ title: `Hindcast: ${name}`, body: texts.join('\n') }).show();
  }
}
