const FIRST_SYLLABLE = 0xac00;
const LAST_SYLLABLE = 0xd7a3;
/** Syllables of one first consonant and vowel, by their last consonant: none first, ㄹ eighth. */
const LAST_CONSONANTS = 28;
const RIEUL = 8;

/** Digits as they are read: 영, 일, 이, 삼, 사, 오, 육, 칠, 팔, 구. */
const DIGITS: Readonly<Record<string, Ending>> = {
  '0': 'consonant',
  '1': 'rieul',
  '2': 'vowel',
  '3': 'consonant',
  '4': 'vowel',
  '5': 'vowel',
  '6': 'consonant',
  '7': 'rieul',
  '8': 'rieul',
  '9': 'vowel',
};

type Ending = 'vowel' | 'consonant' | 'rieul';

/** How a text ends when it is read in Korean; null where its last letter does not say so. */
function endingOf(text: string): Ending | null {
  // Quotes, brackets and the like are not read.
  // Lengths are read in metres, which end in a vowel, and so does the inch.
  if (/\d\s?(?:[kcm]?m|in)$/.test(text) || text.endsWith('²')) return 'vowel';
  const [, last = ''] = /([\p{L}\p{N}%°])[^\p{L}\p{N}%°]*$/u.exec(text) ?? [];
  const code = last.codePointAt(0) ?? 0;
  if (code >= FIRST_SYLLABLE && code <= LAST_SYLLABLE) {
    const final = (code - FIRST_SYLLABLE) % LAST_CONSONANTS;
    return final === 0 ? 'vowel' : final === RIEUL ? 'rieul' : 'consonant';
  }
  if (last in DIGITS) return DIGITS[last] ?? null;
  if (/[lL]/.test(last)) return 'rieul';
  // ‘station’, ‘film’, and the names of the letters 엠, 엔; ‘-ng’ is 이응.
  if (/[mnMN]/.test(last) || /ng[^\p{L}\p{N}]*$/iu.test(text)) return 'consonant';
  return /[a-z%°]/i.test(last) ? 'vowel' : null;
}

/**
 * The particle that a word asks for: of '을/를' the first after a consonant, the second after a vowel; both, '을(를)', where
 * the last letter does not say how it is read.
 */
export function particleAfter(text: string, forms: string): string {
  const [afterConsonant = '', afterVowel = ''] = forms.split('/');
  const ending = endingOf(text);
  if (ending === null) return bothForms(afterConsonant, afterVowel);
  return ending === 'vowel' || (ending === 'rieul' && forms === '으로/로') ? afterVowel : afterConsonant;
}

/** A name and the particle that it asks for. */
export const withParticle = (name: string, forms: string): string => `${name}${particleAfter(name, forms)}`;

function bothForms(afterConsonant: string, afterVowel: string): string {
  return afterConsonant.endsWith(afterVowel)
    ? `(${afterConsonant.slice(0, -afterVowel.length)})${afterVowel}`
    : `${afterConsonant}(${afterVowel})`;
}
