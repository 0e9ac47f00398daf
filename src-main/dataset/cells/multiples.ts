import { unitOfSpelling } from './units';

/** A unit with the factor that brings a number in the file to it: 0.1 for '0.1 °C' and 'tenths of a degree C'. */
export interface Multiple {
  readonly unit: string;
  readonly factor: number;
}

/** Units that are a multiple of one of ours, by their spelling. */
const KNOWN: ReadonlyMap<string, Multiple> = new Map([
  ['10s deg', { unit: '°', factor: 10 }],
  ["10's deg", { unit: '°', factor: 10 }],
  ['10분위', { unit: '%', factor: 10 }],
  ['1/10', { unit: '%', factor: 10 }],
  ['j/cm2', { unit: 'MJ/m²', factor: 0.01 }],
  ['j/cm²', { unit: 'MJ/m²', factor: 0.01 }],
  ['j/cm^2', { unit: 'MJ/m²', factor: 0.01 }],
]);

/** In figures, and in the words of English, German, French, Spanish, Italian, Dutch and the Nordic languages. */
const FRACTIONS: readonly (readonly [pattern: RegExp, factor: number])[] = [
  [
    /^(?:0[.,]1|1\/10|tenths?|zehntel|dixi[eè]mes?|d[eé]cimas?|decimi|tienden?|tiendedels?|tiondels?)(?![\d.,/])/i,
    0.1,
  ],
  [
    /^(?:0[.,]01|1\/100|hundredths?|hundertstel|centi[eè]mes?|centesimi|cent[eé]simas?|honderdsten?)(?![\d.,/])/i,
    0.01,
  ],
  [/^(?:0[.,]001|1\/1000)(?![\d.,/])/, 0.001],
];
const OF = /^(?: ?of| ?de| ?di| ?van| ?von)? (?:an? )?/i;

/** A unit by its spelling, alone or as a part of one: '°C', '0.1 degrees Celsius', 'tenths of mm'. Null for others. */
export function multipleOf(text: string): Multiple | null {
  const plain = text.trim();
  const known = KNOWN.get(plain.toLowerCase());
  if (known !== undefined) return known;
  for (const [pattern, factor] of FRACTIONS) {
    const match = pattern.exec(plain);
    if (match === null) continue;
    const rest = plain.slice(match[0].length);
    const unit = unitOfSpelling(rest.replace(OF, '').trim());
    return unit === null ? null : { unit, factor };
  }
  const unit = unitOfSpelling(plain);
  return unit === null ? null : { unit, factor: 1 };
}
