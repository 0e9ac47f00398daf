import { analyse } from 'chardet';
import iconv from 'iconv-lite';
import type { ENCODINGS } from '../../contract/dataset';

/** An encoding by the name that people know and the name that iconv-lite knows. */
export interface Encoding {
  readonly label: string;
  readonly codec: string;
}

const UTF_8: Encoding = { label: 'UTF-8', codec: 'utf8' };
const UTF_8_BOM: Encoding = { label: 'UTF-8 with BOM', codec: 'utf8' };
const UTF_16_LE: Encoding = { label: 'UTF-16LE', codec: 'utf-16le' };
const UTF_16_BE: Encoding = { label: 'UTF-16BE', codec: 'utf-16be' };
const CP949: Encoding = { label: 'CP949', codec: 'cp949' };
const SHIFT_JIS: Encoding = { label: 'Shift_JIS', codec: 'shift_jis' };
const WINDOWS_1250: Encoding = { label: 'windows-1250', codec: 'windows-1250' };
const WINDOWS_1252: Encoding = { label: 'windows-1252', codec: 'windows-1252' };

/**
 * The encoding of a file by its first bytes: a byte order mark, else UTF-8 if they are, else Korean if that makes
 * sense, else what chardet finds and decodes cleanly, else windows-1252, which every byte is.
 * @param complete whether the bytes are the whole file; if not, the last character may be cut
 */
export function detectEncoding(bytes: Uint8Array, complete: boolean): Encoding {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return UTF_8_BOM;
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return UTF_16_LE;
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return UTF_16_BE;
  const zeros = shareOfZeros(bytes);
  // Text of the Latin alphabet in UTF-16 has a zero in every pair, before or behind the letter.
  if (zeros.odd > 0.3 && zeros.even < 0.05) return UTF_16_LE;
  if (zeros.even > 0.3 && zeros.odd < 0.05) return UTF_16_BE;
  if (isUtf8(bytes, complete)) return UTF_8;
  if (isNearlyUtf8(bytes)) return UTF_8;
  if (isKorean(bytes)) return CP949;
  if (isCentralEuropean(bytes)) return WINDOWS_1250;
  if (isJapanese(bytes)) return SHIFT_JIS;
  if (isMostlyAlone(bytes)) return WINDOWS_1252;
  for (const { name } of analyse(bytes)) {
    if (name === 'EUC-KR' || name.startsWith('UTF') || !iconv.encodingExists(name)) continue;
    // Of the Latin pages windows-1252 holds all that the stations of our readers write.
    if (name.startsWith('ISO-8859') || name.startsWith('windows')) return WINDOWS_1252;
    if (!decodeHead(bytes, { label: name, codec: name }).includes('\ufffd'))
      return { label: name, codec: name };
  }
  return WINDOWS_1252;
}

/** Parts of what stations of Poland, Czechia, Slovakia, Hungary and Romania write, with the letters that tell the page. */
const CENTRAL_EUROPEAN =
  /prędko|ciśni|wilgotnoś|średni|dzień|miesiąc|usłoneczn|śnieg|rosą|větr|srážk|měsíc|průměr|směr|déšť|hodnoť|slunečn|rýchlosť|vlhkosť|zrážok|hőmérs|erőss|felhőz|időp|eső|hőm|viteză|direcţi|precipitaţ|umezeală/i;

/** Whether a text makes words of Central Europe in windows-1250; in windows-1252 they would be none. */
const isCentralEuropean = (bytes: Uint8Array): boolean =>
  CENTRAL_EUROPEAN.test(decodeHead(bytes.subarray(0, LATIN_SAMPLE), WINDOWS_1250));
const LATIN_SAMPLE = 20_000;

const CHOSEN: Readonly<Record<(typeof ENCODINGS)[number], Encoding>> = {
  'UTF-8': UTF_8,
  'UTF-16LE': UTF_16_LE,
  'UTF-16BE': UTF_16_BE,
  CP949,
  'windows-1250': WINDOWS_1250,
  'windows-1252': WINDOWS_1252,
  Shift_JIS: SHIFT_JIS,
  GB18030: { label: 'GB18030', codec: 'gb18030' },
  Big5: { label: 'Big5', codec: 'big5' },
};

export function chosenEncoding(name: (typeof ENCODINGS)[number]): Encoding {
  return CHOSEN[name];
}

function shareOfZeros(bytes: Uint8Array): { readonly even: number; readonly odd: number } {
  const length = Math.min(bytes.length, 4096) & ~1;
  let even = 0;
  let odd = 0;
  for (let at = 0; at < length; at += 2) {
    if (bytes[at] === 0) even += 1;
    if (bytes[at + 1] === 0) odd += 1;
  }
  return { even: (2 * even) / Math.max(1, length), odd: (2 * odd) / Math.max(1, length) };
}

/** Above this share of bytes beyond ASCII in runs a text is of a script that has no ASCII letters. */
const MOST_LATIN_RUNS = 0.3;

/** Whether bytes beyond ASCII stand mostly alone among ASCII letters: '°C', 'Böe', 'Temperatur außen'. */
function isMostlyAlone(bytes: Uint8Array): boolean {
  let beyond = 0;
  let inRuns = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    if ((bytes[at] ?? 0) < 0x80) continue;
    beyond += 1;
    if ((bytes[at - 1] ?? 0) >= 0x80 || (bytes[at + 1] ?? 0) >= 0x80) inRuns += 1;
  }
  return inRuns <= MOST_LATIN_RUNS * beyond;
}

/** Whether almost all bytes beyond ASCII form UTF-8: a file with a few damaged bytes. */
function isNearlyUtf8(bytes: Uint8Array): boolean {
  let good = 0;
  let bad = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const lead = bytes[at] ?? 0;
    if (lead < 0x80) continue;
    const length =
      lead >= 0xf0 && lead < 0xf5 ? 4 : lead >= 0xe0 && lead < 0xf0 ? 3 : lead >= 0xc2 && lead < 0xe0 ? 2 : 0;
    const trails = bytes.subarray(at + 1, at + length);
    if (length > 0 && trails.length === length - 1 && trails.every((byte) => (byte & 0xc0) === 0x80)) {
      good += 1;
      at += length - 1;
    } else {
      bad += 1;
    }
  }
  return good > 8 && good > 20 * bad;
}

/** The text of the first bytes of a file; the byte order mark is left out. */
export function decodeHead(bytes: Uint8Array, encoding: Encoding): string {
  // Without the decoder's end() a character that the sample cuts is left out rather than spoilt.
  return iconv
    .getDecoder(encoding.codec)
    .write(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
}

function isUtf8(bytes: Uint8Array, complete: boolean): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: !complete });
    return true;
  } catch {
    return false;
  }
}

/** The share of non-ASCII text that must be pairs of bytes from Korea's KS X 1001 for a file to be Korean. */
const LEAST_KOREAN_SHARE = 0.9;
/** Chinese characters for each syllable in Korean text of today: none, or a few in a name. */
const MOST_CHINESE_SHARE = 0.15;

/**
 * Whether bytes beyond ASCII read as Korean: they come in pairs of KS X 1001 (both at least A1), some of them common
 * syllables (B0A1 to C8FE), and few of its Chinese characters (CAA1 to FDFE), of which a text in GB 2312, at the same
 * places, has as many. A lone degree sign of windows-1252 before a letter would be a pair of the extended page
 * only, which no header is written in.
 */
function isKorean(bytes: Uint8Array): boolean {
  let syllables = 0;
  let characters = 0;
  let pairs = 0;
  let others = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const lead = bytes[at] ?? 0;
    if (lead < 0x80) continue;
    const trail = bytes[at + 1] ?? 0;
    if (lead >= 0xa1 && lead <= 0xfd && trail >= 0xa1) {
      pairs += 1;
      if (lead >= 0xb0 && lead <= 0xc8) syllables += 1;
      else if (lead >= 0xca) characters += 1;
      at += 1;
    } else {
      others += 1;
    }
  }
  const isHangul = syllables > 0 && syllables >= pairs / 3 && characters <= MOST_CHINESE_SHARE * syllables;
  return isHangul && pairs / (pairs + others) >= LEAST_KOREAN_SHARE;
}

/**
 * Whether bytes beyond ASCII read as Shift_JIS: pairs, most of which begin with 81 to 9F (kana and the common Chinese
 * characters), where windows-1252 has quotation marks and letters that no header holds.
 */
function isJapanese(bytes: Uint8Array): boolean {
  let common = 0;
  let others = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const lead = bytes[at] ?? 0;
    if (lead < 0x80) continue;
    const trail = bytes[at + 1] ?? 0;
    const isPair = trail >= 0x40 && trail <= 0xfc && trail !== 0x7f;
    if (isPair && lead >= 0x81 && lead <= 0x9f) {
      common += 1;
      at += 1;
    } else {
      others += 1;
      if (isPair && lead >= 0xe0) at += 1;
    }
  }
  return common > 0 && common >= others * 2;
}
