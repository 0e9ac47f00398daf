import { withoutUnseen } from '../contract/visible';

export interface SvgOptions {
  /** In pixels. */
  readonly width: number;
  readonly height: number;
  /** Of paper where left out. */
  readonly colours?: PictureColours;
}

export interface PictureColours {
  readonly observed: string;
  readonly forecast: string;
  readonly grid: string;
  readonly text: string;
  readonly paper: string;
}

/** Of pictures on white paper, as in the light window; distinguishable for the colour-blind (Okabe and Ito). */
export const PAPER_COLOURS = {
  observed: '#2b323b',
  forecast: '#0072b2',
  grid: '#e3e6e8',
  text: '#30363b',
  paper: '#ffffff',
} as const satisfies PictureColours;

export function label(x: number, y: number, text: string, anchor: 'start' | 'middle' | 'end'): string {
  return `<text x="${round(x)}" y="${round(y)}" text-anchor="${anchor}">${escapeXml(text)}</text>`;
}

export function extremes(values: readonly number[]): readonly [low: number, high: number] {
  return [Math.min(...values), Math.max(...values)];
}

/** About five round numbers that enclose a range; 0 and 1 where there is none, for want of a number. */
export function roundTicks([low, high]: readonly [low: number, high: number]): readonly number[] {
  if (!(low <= high)) return [0, 1];
  const span = high - low || Math.abs(high) || 1;
  const magnitude = 10 ** Math.floor(Math.log10(span / 5));
  const step = [1, 2, 5, 10].map((factor) => factor * magnitude).find((size) => size >= span / 5)!;
  const first = Math.floor(low / step);
  const last = Math.max(Math.ceil(high / step), first + 1);
  return Array.from({ length: last - first + 1 }, (_, index) => (first + index) * step);
}

export function decimalsOf(ticks: readonly number[]): number {
  return Math.max(0, -Math.floor(Math.log10(ticks[1]! - ticks[0]!) + 1e-9));
}

export function scaleBetween(
  [from, to]: readonly [number, number],
  [start, end]: readonly [number, number],
): (value: number) => number {
  return (value) => start + ((value - from) / (to - from || 1)) * (end - start);
}

export const round = (value: number): number => Math.round(value * 100) / 100;

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text for XML. What XML forbids is left out, and what would turn the direction of the words around it. */
export function escapeXml(text: string): string {
  const allowed = withoutUnseen(text.replace(/[\t\r\n]+/g, ' ')).replace(/[\ufffe\uffff]/g, '');
  return allowed.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}
