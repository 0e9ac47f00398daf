import { phrase, type Phrase } from '../../contract/phrases';

/** The first bytes of files that people drop by mistake. */
const MAGIC: readonly (readonly [bytes: readonly number[], kind: Phrase])[] = [
  [[0x89, 0x50, 0x4e, 0x47], phrase('kind-picture', { format: 'PNG' })],
  [[0xff, 0xd8, 0xff], phrase('kind-picture', { format: 'JPEG' })],
  [[0x47, 0x49, 0x46, 0x38], phrase('kind-picture', { format: 'GIF' })],
  [[0x42, 0x4d], phrase('kind-picture', { format: 'BMP' })],
  [[0x49, 0x49, 0x2a, 0x00], phrase('kind-picture', { format: 'TIFF' })],
  [[0x4d, 0x4d, 0x00, 0x2a], phrase('kind-picture', { format: 'TIFF' })],
  [[0x52, 0x49, 0x46, 0x46], phrase('kind-riff')],
  [[0x25, 0x50, 0x44, 0x46], phrase('kind-pdf')],
  [[0x50, 0x4b, 0x03, 0x04], phrase('kind-zip')],
  [[0x50, 0x4b, 0x05, 0x06], phrase('kind-empty-zip')],
  [[0x1f, 0x8b], phrase('kind-compressed', { format: 'gzip' })],
  [[0x42, 0x5a, 0x68], phrase('kind-compressed', { format: 'bzip2' })],
  [[0xfd, 0x37, 0x7a, 0x58, 0x5a], phrase('kind-compressed', { format: 'xz' })],
  [[0x28, 0xb5, 0x2f, 0xfd], phrase('kind-compressed', { format: 'zstd' })],
  [[0x37, 0x7a, 0xbc, 0xaf], phrase('kind-archive', { format: '7z' })],
  [[0x52, 0x61, 0x72, 0x21], phrase('kind-archive', { format: 'RAR' })],
  [[0x53, 0x51, 0x4c, 0x69, 0x74, 0x65, 0x20, 0x66], phrase('kind-database')],
  [[0xd0, 0xcf, 0x11, 0xe0], phrase('kind-office')],
  [[0x89, 0x48, 0x44, 0x46], phrase('kind-data', { format: 'HDF5' })],
  [[0x43, 0x44, 0x46], phrase('kind-data', { format: 'NetCDF' })],
  [[0x7f, 0x45, 0x4c, 0x46], phrase('kind-program')],
  [[0x4d, 0x5a], phrase('kind-program')],
];

/** A magic of up to three letters could begin a text too (BM, MZ, CDF): it counts only beside bytes that no text has. */
const isSure = (magic: readonly number[]): boolean =>
  magic.length > 3 || magic.some((byte) => byte < 32 || byte > 126);

/**
 * What a file is by its first bytes if it is no text, for the sentence "looks like ...": null for a text.
 * @param utf16 whether a byte order mark says that it is UTF-16, in which zero bytes are usual
 */
export function kindOfBinary(bytes: Uint8Array, utf16: boolean): Phrase | null {
  const binary = !utf16 && hasControlBytes(bytes);
  for (const [magic, kind] of MAGIC) {
    if (!magic.every((byte, at) => bytes[at] === byte)) continue;
    if (binary || isSure(magic)) return kind;
  }
  return binary ? phrase('kind-binary') : null;
}

/** What a text is, if it is one that holds no table: null where it may. */
export function kindOfText(text: string): Phrase | null {
  const start = text.slice(0, 400).trimStart().toLowerCase();
  if (start.startsWith('<!doctype html') || start.startsWith('<html')) return phrase('kind-web');
  if (start.startsWith('<?xml')) return phrase('kind-xml');
  if (/^(\{\s*["}]|\[\s*[[{])/.test(start)) return phrase('kind-json');
  if (start.startsWith('{\\rtf')) return phrase('kind-word');
  return null;
}

/** Zero bytes and other controls that texts do not hold; a stray one among thousands is forgiven, a zero is not. */
function hasControlBytes(bytes: Uint8Array): boolean {
  let controls = 0;
  for (const byte of bytes) {
    if (byte === 0) return true;
    // Tab, line feed, vertical tab, form feed, carriage return, end of file (DOS) and escape do occur.
    if (byte < 32 && !(byte >= 9 && byte <= 13) && byte !== 0x1a && byte !== 0x1b) controls += 1;
  }
  return controls > bytes.length / 1000;
}
