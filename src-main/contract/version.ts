/** The version of Hindcast, as in package.json: it is written into runs and exports. */
export const HINDCAST_VERSION = '0.1.0';
