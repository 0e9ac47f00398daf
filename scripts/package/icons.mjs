import { decode, encode } from 'fast-png';

/** The sizes that desktops ask an icon theme for. */
export const ICON_SIZES = [16, 24, 32, 48, 64, 128, 256, 512];

const CHANNELS = 4;

/**
 * A picture: its pixels row by row, each red, green, blue and opacity from 0 to 255.
 *
 * @typedef {{ size: number, pixels: Uint8Array }} Picture
 */

/**
 * Reads a square PNG of eight-bit RGBA, which our own icon is.
 *
 * @param {Uint8Array} file
 * @returns {Picture}
 */
export function readPng(file) {
  const { width, height, depth, channels, data } = decode(file);
  if (width !== height || depth !== 8 || channels !== CHANNELS) {
    throw new Error('The icon must be a square PNG of eight-bit RGBA.');
  }
  return { size: width, pixels: data };
}

/**
 * The picture smaller: each new pixel is the mean of the area it covers, colours weighted by opacity, so that the
 * transparent corners darken no edge.
 *
 * @param {Picture} picture
 * @param {number} size at most the picture's own
 * @returns {Picture}
 */
export function scaleDown({ size: from, pixels }, size) {
  const ratio = from / size;
  const scaled = new Uint8Array(size * size * CHANNELS);
  const spans = Array.from({ length: size }, (_, at) => coverage(at * ratio, (at + 1) * ratio, from));
  for (const [row, rows] of spans.entries()) {
    for (const [column, columns] of spans.entries()) {
      const sum = [0, 0, 0, 0];
      for (const [y, height] of rows) {
        for (const [x, width] of columns) {
          const at = (y * from + x) * CHANNELS;
          const weight = height * width * pixels[at + 3];
          for (let channel = 0; channel < 3; channel += 1) sum[channel] += weight * pixels[at + channel];
          sum[3] += weight;
        }
      }
      const to = (row * size + column) * CHANNELS;
      for (let channel = 0; channel < 3; channel += 1) {
        scaled[to + channel] = sum[3] === 0 ? 0 : Math.round(sum[channel] / sum[3]);
      }
      scaled[to + 3] = Math.round(sum[3] / ratio ** 2);
    }
  }
  return { size, pixels: scaled };
}

/** The old pixels between two places, each with how much of it lies there. @returns {[number, number][]} */
function coverage(first, last, from) {
  const covered = [];
  for (let at = Math.floor(first); at < Math.min(from, Math.ceil(last - 1e-9)); at += 1) {
    covered.push([at, Math.min(at + 1, last) - Math.max(at, first)]);
  }
  return covered;
}

/** @param {Picture} picture @returns {Buffer} */
export const writePng = ({ size, pixels }) =>
  Buffer.from(
    encode({ width: size, height: size, depth: 8, channels: CHANNELS, data: pixels }, { zlib: { level: 9 } }),
  );

/** Types of an icon of macOS that hold a PNG, by its size. */
const ICNS_TYPES = { 128: 'ic07', 256: 'ic08', 512: 'ic09' };

/**
 * The icon as macOS wants it: a file of PNGs, each with its type and length.
 *
 * @param {Picture} picture
 */
export function icns(picture) {
  const parts = Object.entries(ICNS_TYPES).map(([size, type]) => {
    const png = writePng(scaleDown(picture, Number(size)));
    return Buffer.concat([Buffer.from(type), uint32(png.length + 8), png]);
  });
  const body = Buffer.concat(parts);
  return Buffer.concat([Buffer.from('icns'), uint32(body.length + 8), body]);
}

function uint32(value) {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

/** The sizes that Windows shows. */
const ICO_SIZES = [16, 32, 48, 256];

/**
 * The icon as Windows wants it: a directory of 16 bytes an entry, then the PNGs.
 *
 * @param {Picture} picture
 */
export function ico(picture) {
  const pngs = ICO_SIZES.map((size) => writePng(scaleDown(picture, size)));
  const directory = Buffer.alloc(6 + 16 * pngs.length);
  directory.writeUInt16LE(1, 2);
  directory.writeUInt16LE(pngs.length, 4);
  let offset = directory.length;
  for (const [index, png] of pngs.entries()) {
    const at = 6 + 16 * index;
    // 256 is written as 0.
    directory.set([ICO_SIZES[index] % 256, ICO_SIZES[index] % 256, 0, 0, 1, 0, 32, 0], at);
    directory.writeUInt32LE(png.length, at + 8);
    directory.writeUInt32LE(offset, at + 12);
    offset += png.length;
  }
  return Buffer.concat([directory, ...pngs]);
}
