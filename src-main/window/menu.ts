import { app, Menu, type MenuItemConstructorOptions } from 'electron';
import { windowWords } from './language';
import type { MenuRole } from './words';

/** The system's usual menus in the language of the window, and the ways to the log and the version; the journey itself is in the window. */
export function setMenu(showLog: () => void, about: () => void): void {
  const { menu } = windowWords();
  const item = (role: MenuRole): MenuItemConstructorOptions => ({ role, label: menu[role] });
  const line = { type: 'separator' } as const;
  const isMac = process.platform === 'darwin';
  const template: MenuItemConstructorOptions[] = [
    ...(isMac ? [{ role: 'appMenu' } as const] : []),
    { role: 'fileMenu', label: menu.file, submenu: [item(isMac ? 'close' : 'quit')] },
    {
      role: 'editMenu',
      label: menu.edit,
      submenu: [
        item('undo'),
        item('redo'),
        line,
        item('cut'),
        item('copy'),
        item('paste'),
        item('delete'),
        line,
        item('selectAll'),
      ],
    },
    {
      label: menu.view,
      submenu: [
        item('resetZoom'),
        item('zoomIn'),
        item('zoomOut'),
        line,
        item('togglefullscreen'),
        ...(app.isPackaged ? [] : [line, item('toggleDevTools')]),
      ],
    },
    { role: 'windowMenu', label: menu.window, submenu: [item('minimize'), item('close')] },
    {
      role: 'help',
      label: menu.help,
      submenu: [{ label: menu.showLog, click: showLog }, line, { label: menu.about, click: about }],
    },
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}
