/**
 * How a number was written, in one byte beside its value, so that the preview shows cells as they stand in the file
 * without keeping their text.
 */
const DECIMALS = 0x0f;
const WITHOUT_LEADING_ZERO = 0x10;
const TRAILING_POINT = 0x20;
const PLUS_SIGN = 0x40;
/** Written in a way that the other bits do not tell (`1e3`, `007`): shown in its shortest form. */
export const SHORTEST = 0x80;

export type DecimalSign = '.' | ',';

const MINUS = 45;
const PLUS = 43;
const ZERO = 48;
const NINE = 57;

/** Powers of ten that a double holds exactly: a mantissa under 2^53 divided by one is the nearest double (IEEE 754). */
const POWERS_OF_TEN = Array.from({ length: 16 }, (_, exponent) => 10 ** exponent);
const MOST_EXACT_DIGITS = 15;
/** A longer text is no number of any instrument. */
const LONGEST_NUMBER = 64;

const LOOSE_NUMBER = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;

/** Reads numbers with one decimal sign. `scan` leaves its result in `value` and `shape`: no allocation a cell. */
export class NumberScanner {
  value = NaN;
  shape = 0;
  readonly #point: number;

  constructor(readonly decimal: DecimalSign) {
    this.#point = decimal.charCodeAt(0);
  }

  /** True if the text (without blanks around it) is a finite number. */
  scan(text: string): boolean {
    const end = this.scanCell(text, 0, -1);
    return end === text.length && text.length > 0 ? true : this.#scanLoosely(text);
  }

  /**
   * Scans a plain number that begins at `start` and ends before the delimiter (a character code) or at the text's end.
   * The place behind it, or -1 where the cell is anything else: then it has to be cut out and looked at as a whole.
   */
  scanCell(text: string, start: number, delimiter: number): number {
    const { length } = text;
    let position = start;
    let shape = 0;
    const first = text.charCodeAt(position);
    if (first === MINUS || first === PLUS) {
      position += 1;
      if (first === PLUS) shape = PLUS_SIGN;
    }
    const wholeStart = position;
    let mantissa = 0;
    let code = -1;
    for (; position < length; position += 1) {
      code = text.charCodeAt(position);
      if (code < ZERO || code > NINE) break;
      mantissa = mantissa * 10 + (code - ZERO);
    }
    const wholeDigits = position - wholeStart;
    let decimals = 0;
    if (position < length && code === this.#point && code !== delimiter) {
      position += 1;
      const decimalStart = position;
      for (; position < length; position += 1) {
        code = text.charCodeAt(position);
        if (code < ZERO || code > NINE) break;
        mantissa = mantissa * 10 + (code - ZERO);
      }
      decimals = position - decimalStart;
      if (decimals === 0) shape |= TRAILING_POINT;
      if (wholeDigits === 0) shape |= WITHOUT_LEADING_ZERO;
    }
    const digits = wholeDigits + decimals;
    if (digits === 0 || digits > MOST_EXACT_DIGITS) return -1;
    if (position < length && code !== delimiter) return -1;
    const value = mantissa / (POWERS_OF_TEN[decimals] ?? NaN);
    this.value = first === MINUS ? -value : value;
    const paddedWithZeros = wholeDigits > 1 && text.charCodeAt(wholeStart) === ZERO;
    this.shape = paddedWithZeros ? SHORTEST : shape | decimals;
    return position;
  }

  #scanLoosely(text: string): boolean {
    if (text.length > LONGEST_NUMBER || (this.decimal === ',' && text.includes('.'))) return false;
    const plain = this.decimal === ',' ? text.replace(',', '.') : text;
    if (!LOOSE_NUMBER.test(plain)) return false;
    const value = Number(plain);
    if (!Number.isFinite(value)) return false;
    this.value = value;
    this.shape = SHORTEST;
    return true;
  }
}

/** The number as it was written: `formatNumber(-0.8, shape of '-.8', '.')` is '-.8'. */
export function formatNumber(value: number, shape: number, decimal: DecimalSign): string {
  const negative = value < 0 || Object.is(value, -0);
  let text: string;
  if ((shape & SHORTEST) !== 0) {
    text = String(Math.abs(value));
  } else {
    text = Math.abs(value).toFixed(shape & DECIMALS);
    if ((shape & WITHOUT_LEADING_ZERO) !== 0) text = text.replace(/^0/, '');
    if ((shape & TRAILING_POINT) !== 0) text += '.';
  }
  if (decimal === ',') text = text.replace('.', ',');
  const sign = negative ? '-' : (shape & PLUS_SIGN) !== 0 && (shape & SHORTEST) === 0 ? '+' : '';
  return sign + text;
}
