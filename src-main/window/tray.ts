import { Menu, nativeImage, Tray } from 'electron';
import { windowWords } from './language';

const ICON_PIXELS = 22;

export interface TrayParts {
  /** A picture. */
  readonly icon: string;
  show(): void;
  quit(): void;
}

/**
 * The icon in the system's bar that is there while runs are watched, so that the window can be closed. Where a desktop has no
 * place for one, a second start of Hindcast opens the window.
 */
export class WatchTray {
  readonly #parts: TrayParts;
  #tray: Tray | null = null;

  constructor(parts: TrayParts) {
    this.#parts = parts;
  }

  update(isWatching: boolean): void {
    if (!isWatching) {
      this.#tray?.destroy();
      this.#tray = null;
      return;
    }
    const { about, show, quit } = windowWords().tray;
    const { icon } = this.#parts;
    this.#tray ??= new Tray(
      nativeImage.createFromPath(icon).resize({ width: ICON_PIXELS, height: ICON_PIXELS }),
    );
    this.#tray.setToolTip(about);
    this.#tray.setContextMenu(
      Menu.buildFromTemplate([
        { label: show, click: () => this.#parts.show() },
        { label: quit, click: () => this.#parts.quit() },
      ]),
    );
    this.#tray.removeAllListeners('click');
    this.#tray.on('click', () => this.#parts.show());
  }
}
