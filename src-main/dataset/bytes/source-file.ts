import { basename } from 'node:path';

/** A file that someone chose, or a bundled sample. */
export interface SourceFile {
  readonly path: string;
  readonly fileName: string;
  readonly bundled: boolean;
}

/** The file at a path that someone chose. */
export function sourceOfPath(path: string): SourceFile {
  return { path, fileName: basename(path), bundled: false };
}
