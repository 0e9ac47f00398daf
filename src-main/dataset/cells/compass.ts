import { isCalmWord } from './missing';

/** The 16 points of the compass, clockwise from north, in English, German, Korean, Japanese, Chinese and Russian, and in full in the
 * Romance languages. */
const POINTS: readonly string[] = [
  'n|nord|north|norte|северный|с|북|北',
  'nne|nno|ссв|북북동|北北東|北北东',
  'ne|no|nordost|northeast|noreste|nord-est|св|북동|北東|东北|東北',
  'ene|ono|всв|동북동|東北東|东北东',
  'e|o|ost|east|este|est|восточный|в|동|東|东',
  'ese|oso|вюв|동남동|東南東|东南东',
  'se|so|südost|southeast|sureste|sudeste|sud-est|юв|남동|南東|东南|東南',
  'sse|sso|ююв|남남동|南南東|南南东',
  's|süd|south|sur|sud|южный|ю|남|南',
  'ssw|ююз|남남서|南南西',
  'sw|südwest|southwest|suroeste|sud-ouest|юз|남서|南西|西南',
  'wsw|зюз|서남서|西南西',
  'w|west|oeste|ouest|ovest|западный|з|서|西',
  'wnw|зсз|서북서|西北西',
  'nw|nordwest|northwest|noroeste|nord-ouest|сз|북서|北西|西北',
  'nnw|ссз|북북서|北北西',
];

const DEGREES: ReadonlyMap<string, number> = new Map(
  POINTS.flatMap((names, index) => names.split('|').map((name): [string, number] => [name, index * 22.5])),
);
/** A wind that turns has no direction, and no wind has none. */
const VARIABLE: ReadonlySet<string> = new Set(
  'variable vrb var v vario variabel variabile umlaufend wechselnd skiftande zmienny переменный 不定 가변'.split(
    ' ',
  ),
);

const LONGEST_WORD = 18;
const LONGEST = 60;
/** 'Wind blowing from the west-southwest', as rp5 writes it in its languages. */
const SENTENCE = /^(?:wind blowing from the|ветер, дующий со?) (.+)$/;
const SENTENCE_WORDS: readonly (readonly [word: RegExp, letter: string])[] = [
  [/north|север[оа]?/g, 'n'],
  [/south|юг[оа]?/g, 's'],
  [/east|восток[оа]?/g, 'e'],
  [/west|запад[оа]?/g, 'w'],
];

/** A sentence about the wind as letters of the compass, 'wsw'; any other text as it stands. */
function inLetters(text: string): string {
  const [, from] = SENTENCE.exec(text) ?? [];
  if (from === undefined) return text;
  return SENTENCE_WORDS.reduce((left, [word, letter]) => left.replace(word, letter), from).replace(
    /[- ]/g,
    '',
  );
}

/** Degrees of a compass word; NaN for a calm, undefined for any other text. */
export type Compass = (text: string) => number | undefined;

/**
 * The compass in which some words are written: an O is the east in German, but the west (ouest, oeste, ovest) where
 * the east is an E and no W stands for the west. A Dutch Z is the south.
 */
export function compassOf(words: Iterable<string>): Compass {
  let hasEast = false;
  let hasWest = false;
  for (const word of words) {
    const points = /^[neswoz]{1,3}$/i.test(word) ? word.toLowerCase() : '';
    hasEast ||= points.includes('e');
    hasWest ||= points.includes('w');
  }
  const isRomance = hasEast && !hasWest;
  return (text) => {
    if (text.length > LONGEST) return undefined;
    const word = inLetters(text.toLowerCase());
    if (word.length > LONGEST_WORD) return undefined;
    if (VARIABLE.has(word) || isCalmWord(word)) return NaN;
    const points = /^[neswoz]{1,3}$/.test(word) ? word.replaceAll('z', 's') : word;
    return DEGREES.get(isRomance ? points.replaceAll('o', 'w') : points);
  };
}
