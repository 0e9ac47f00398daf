import { delimitedReader } from './delimited-reader';
import { ghcnMonthReader } from './ghcn-month-reader';
import type { Reader } from './reader';
import { sqliteReader } from './sqlite-reader';
import { xlsxReader } from './xlsx-reader';

/** All ways to read a file. */
export const readers: readonly Reader[] = [delimitedReader, ghcnMonthReader, sqliteReader, xlsxReader];
