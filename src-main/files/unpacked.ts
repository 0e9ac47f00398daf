/**
 * The same file where a package keeps it beside Electron's archive: modules that Node's own loader imports, and files that
 * are looked at by size and time, cannot be in it. What lies in no archive stays what it is.
 * @param path or file URL
 */
export const unpacked = (path: string): string => path.replace(/([/\\]app\.asar)(?=[/\\]|$)/, '$1.unpacked');
