import { RegExpParser, type AST } from '@eslint-community/regexpp';

/** Texts that a pattern fits or nearly fits: from each choice of it the first, and each repetition once and twice. */
export function textsFor(pattern: RegExp): string[] {
  const literal = new RegExpParser().parseLiteral(String(pattern));
  return literal.pattern.alternatives.flatMap((alternative) =>
    [0, 1, 2].map((variant) => ofAlternative(alternative, variant)),
  );
}

function ofAlternative({ elements }: AST.Alternative, variant: number): string {
  return elements.map((element) => ofElement(element, variant)).join('');
}

function ofElement(element: AST.Element | AST.QuantifiableElement, variant: number): string {
  switch (element.type) {
    case 'Character':
      return String.fromCodePoint(element.value);
    case 'CharacterSet':
      return ofSet(element, variant);
    case 'CharacterClass':
      return ofClass(element, variant);
    case 'Group':
    case 'CapturingGroup': {
      const { alternatives } = element;
      const chosen = alternatives[variant % alternatives.length];
      return chosen === undefined ? '' : ofAlternative(chosen, variant);
    }
    case 'Quantifier': {
      const times = Math.min(element.max, Math.max(element.min, 1 + (variant % 2)));
      return ofElement(element.element, variant).repeat(times);
    }
    case 'Backreference':
      return Array.isArray(element.resolved) ? '' : ofElement(element.resolved, variant);
    case 'Assertion':
    case 'ExpressionCharacterClass':
      return '';
  }
}

const REPRESENTATIVES = { any: 'xa ', digit: '059', space: ' \t\u00a0', word: 'a0_', property: '가xé' };

function ofSet({ kind, ...set }: AST.CharacterSet, variant: number): string {
  if ('negate' in set && set.negate) return kind === 'digit' ? 'x' : kind === 'space' ? 'x' : '-';
  return REPRESENTATIVES[kind].charAt(variant % 3) || 'x';
}

function ofClass({ elements, negate }: AST.CharacterClass, variant: number): string {
  if (negate) return 'x0-'.charAt(variant % 3);
  const element = elements[variant % elements.length];
  if (element?.type === 'Character') return String.fromCodePoint(element.value);
  if (element?.type === 'CharacterClassRange') return String.fromCodePoint(element.min.value);
  return element?.type === 'CharacterSet' ? ofSet(element, variant) : 'x';
}

export interface Attack {
  readonly front: string;
  readonly pump: string;
  readonly end: string;
}

/** What the cells of our readers are full of: runs of each may meet any pattern. */
const COMMON_PUMPS = [
  ' ',
  '0',
  'a',
  '*',
  '(',
  '.',
  ',',
  ':',
  '-',
  '_',
  '/',
  '"',
  '|',
  '#',
  '[',
  '<',
  '1 ',
  '0,',
];
const LONGEST_PUMP = 8;
const ENDS = ['', '\u0001', '!x'];

/** Each run of a fitting text repeated, behind what stands before it, with ends that let the pattern fail. */
export function attacksOn(pattern: RegExp): Attack[] {
  const attacks = new Map<string, Attack>();
  const add = (front: string, pump: string): void => {
    for (const end of ENDS) attacks.set(JSON.stringify([front, pump, end]), { front, pump, end });
  };
  for (const pump of COMMON_PUMPS) add('', pump);
  for (const text of textsFor(pattern)) {
    for (let from = 0; from < Math.min(text.length, 40); from += 1) {
      for (const length of [1, 2, 3, 5, LONGEST_PUMP]) {
        if (from + length > text.length) break;
        const pump = text.slice(from, from + length);
        add(text.slice(0, from), pump);
        add('', pump);
      }
    }
    add('', text.slice(0, 40));
  }
  return [...attacks.values()];
}

export const attackText = ({ front, pump, end }: Attack, length: number): string =>
  front + pump.repeat(Math.ceil(length / Math.max(1, pump.length))) + end;
