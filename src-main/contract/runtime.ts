/**
 * The oldest major version of Electron that still gets security updates: its makers keep the newest three, and 45 was the
 * newest when the package in package.json was chosen.
 */
export const OLDEST_KEPT_ELECTRON = 43;

/** Whether an Electron gets no updates any more, such as the one out of an npm package. @param version `25.1.1` */
export const isOldElectron = (version: string): boolean =>
  Number.parseInt(version, 10) < OLDEST_KEPT_ELECTRON;
