/** A file that someone chose, or a bundled sample. */
export interface SourceFile {
  readonly path: string;
  readonly fileName: string;
  readonly bundled: boolean;
}
