import { crc32, deflateSync, inflateSync } from 'node:zlib';

/** The sizes that desktops ask an icon theme for. */
export const ICON_SIZES = [16, 24, 32, 48, 64, 128, 256, 512];

const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');
const CHANNELS = 4;

/**
 * A picture: its pixels row by row, each red, green, blue and opacity from 0 to 255.
 *
 * @typedef {{ size: number, pixels: Uint8Array }} Picture
 */

/**
 * Reads a square PNG of eight-bit RGBA without interlacing, which our own icon is.
 *
 * @param {Buffer} file
 * @returns {Picture}
 */
export function readPng(file) {
  if (!file.subarray(0, 8).equals(SIGNATURE)) throw new Error('This is no PNG.');
  const data = [];
  let size = 0;
  for (let at = 8; at < file.length;) {
    const length = file.readUInt32BE(at);
    const type = file.toString('latin1', at + 4, at + 8);
    const body = file.subarray(at + 8, at + 8 + length);
    if (type === 'IHDR') {
      size = body.readUInt32BE(0);
      const form = [...body.subarray(8, 13)].join(' ');
      if (body.readUInt32BE(4) !== size || form !== '8 6 0 0 0') {
        throw new Error('The icon must be a square PNG of eight-bit RGBA without interlacing.');
      }
    }
    if (type === 'IDAT') data.push(body);
    at += length + 12;
  }
  return { size, pixels: unfilter(inflateSync(Buffer.concat(data)), size) };
}

/** Undoes the five filters of the PNG specification (ISO/IEC 15948, clause 9). */
function unfilter(raw, size) {
  const stride = size * CHANNELS;
  const pixels = new Uint8Array(size * stride);
  for (let row = 0; row < size; row += 1) {
    const filter = raw[row * (stride + 1)];
    for (let at = 0; at < stride; at += 1) {
      const here = row * stride + at;
      const left = at < CHANNELS ? 0 : pixels[here - CHANNELS];
      const up = row === 0 ? 0 : pixels[here - stride];
      const corner = row === 0 || at < CHANNELS ? 0 : pixels[here - stride - CHANNELS];
      const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter];
      pixels[here] = raw[row * (stride + 1) + 1 + at] + guess;
    }
  }
  return pixels;
}

function paeth(left, up, corner) {
  const [a, b, c] = [Math.abs(up - corner), Math.abs(left - corner), Math.abs(left + up - 2 * corner)];
  if (a <= b && a <= c) return left;
  return b <= c ? up : corner;
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
export function writePng({ size, pixels }) {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 6, 0, 0, 0], 8);
  const stride = size * CHANNELS;
  const rows = Buffer.alloc(size * (stride + 1));
  for (let row = 0; row < size; row += 1) {
    rows.set(pixels.subarray(row * stride, (row + 1) * stride), row * (stride + 1) + 1);
  }
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type, body) {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), body]);
  const framed = Buffer.alloc(named.length + 8);
  framed.writeUInt32BE(body.length, 0);
  framed.set(named, 4);
  framed.writeUInt32BE(crc32(named), named.length + 4);
  return framed;
}

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
