import { setUp } from './setup/index.mjs';

process.exitCode = (await setUp()) ? 0 : 1;
