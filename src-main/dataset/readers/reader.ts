import type { ReadingOptions } from '../../contract/dataset';
import type { ByteSource } from '../bytes/byte-source';
import type { Encoding } from '../bytes/encoding';
import type { SourceFile } from '../bytes/source-file';
import type { ReadCells, ReadHooks } from '../cells/table';
import { type Phrase } from '../../contract/phrases';

/** The first bytes of a file, by which the readers tell whose it is. */
export interface FileHead {
  readonly source: SourceFile;
  readonly content: ByteSource;
  readonly bytes: Uint8Array;
  /** Whether the bytes are the whole file. */
  readonly complete: boolean;
  /** The bytes as text, without a byte order mark; null where they are none. */
  readonly text: { readonly encoding: Encoding; readonly content: string } | null;
  /** How the file is to be read where someone chose it. */
  readonly options: ReadingOptions;
}

/** A reader's claim to a file. */
export interface Claim {
  /** 0 to 1; the reader with the highest reads the file. */
  readonly confidence: number;
  /** Why, for people. */
  readonly reasons: readonly Phrase[];
  /** Whether the reader itself sees to it that what it reads is one state of a file that is written meanwhile. */
  readonly readsOneState?: boolean;
  /**
   * Reads the whole file.
   * @throws Problem
   */
  read(hooks: ReadHooks): Promise<ReadCells>;
}

/** One way to read files: a new kind of file is a new reader in the list `readers`. */
export interface Reader {
  readonly id: string;
  readonly label: Phrase;
  /**
   * A claim to the file, or null where it is not of this kind.
   * @throws Problem where it is of this kind and yet cannot be read, such as a header without rows
   */
  sniff(head: FileHead): Claim | null;
}
