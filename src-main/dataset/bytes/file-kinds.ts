/** The first bytes of files that people drop by mistake. */
const MAGIC: readonly (readonly [bytes: readonly number[], kind: string])[] = [
  [[0x89, 0x50, 0x4e, 0x47], 'a picture (PNG)'],
  [[0xff, 0xd8, 0xff], 'a picture (JPEG)'],
  [[0x47, 0x49, 0x46, 0x38], 'a picture (GIF)'],
  [[0x42, 0x4d], 'a picture (BMP)'],
  [[0x49, 0x49, 0x2a, 0x00], 'a picture (TIFF)'],
  [[0x4d, 0x4d, 0x00, 0x2a], 'a picture (TIFF)'],
  [[0x52, 0x49, 0x46, 0x46], 'a picture, a sound or a film (RIFF)'],
  [[0x25, 0x50, 0x44, 0x46], 'a PDF document'],
  [[0x50, 0x4b, 0x03, 0x04], 'a ZIP archive or a spreadsheet'],
  [[0x50, 0x4b, 0x05, 0x06], 'an empty ZIP archive'],
  [[0x1f, 0x8b], 'a compressed file (gzip)'],
  [[0x42, 0x5a, 0x68], 'a compressed file (bzip2)'],
  [[0xfd, 0x37, 0x7a, 0x58, 0x5a], 'a compressed file (xz)'],
  [[0x28, 0xb5, 0x2f, 0xfd], 'a compressed file (zstd)'],
  [[0x37, 0x7a, 0xbc, 0xaf], 'an archive (7z)'],
  [[0x52, 0x61, 0x72, 0x21], 'an archive (RAR)'],
  [[0x53, 0x51, 0x4c, 0x69, 0x74, 0x65, 0x20, 0x66], 'a database (SQLite)'],
  [[0xd0, 0xcf, 0x11, 0xe0], 'an old Office document'],
  [[0x89, 0x48, 0x44, 0x46], 'a data file (HDF5)'],
  [[0x43, 0x44, 0x46], 'a data file (NetCDF)'],
  [[0x7f, 0x45, 0x4c, 0x46], 'a program'],
  [[0x4d, 0x5a], 'a program'],
];

/** A magic of up to three letters could begin a text too (BM, MZ, CDF): it counts only beside bytes that no text has. */
const isSure = (magic: readonly number[]): boolean =>
  magic.length > 3 || magic.some((byte) => byte < 32 || byte > 126);

/**
 * What a file is by its first bytes if it is no text, for the sentence "looks like ...": null for a text.
 * @param utf16 whether a byte order mark says that it is UTF-16, in which zero bytes are usual
 */
export function kindOfBinary(bytes: Uint8Array, utf16: boolean): string | null {
  const binary = !utf16 && hasControlBytes(bytes);
  for (const [magic, kind] of MAGIC) {
    if (!magic.every((byte, at) => bytes[at] === byte)) continue;
    if (binary || isSure(magic)) return kind;
  }
  return binary ? 'data that only a program can read' : null;
}

/** What a text is, if it is one that holds no table: null where it may. */
export function kindOfText(text: string): string | null {
  const start = text.slice(0, 400).trimStart().toLowerCase();
  if (start.startsWith('<!doctype html') || start.startsWith('<html')) return 'a web page';
  if (start.startsWith('<?xml')) return 'an XML file';
  if (/^(\{\s*["}]|\[\s*[[{])/.test(start)) return 'a JSON file';
  if (start.startsWith('{\\rtf')) return 'a word processor’s document';
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
