/**
 * Characters that are not seen but do something where they are shown: the control codes (a terminal takes orders from
 * them), the ends of lines, and the marks that turn the direction of what follows (a name could look like another).
 */
const UNSEEN = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f]/gu;

const escapeCode = (character: string): string =>
  `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** A text from a file or a person on one line, as it is where it is shown: 'a\u001b[2Jb' with the code spelt out. */
export function visible(text: string): string {
  return text.replace(UNSEEN, escapeCode);
}

/** The same text without such characters; where there were some, `instead`. */
export function withoutUnseen(text: string, instead = ''): string {
  return text.replace(UNSEEN, instead);
}

/** One line of JSON that can be shown anywhere: the same value, with such characters in its texts spelt out. */
export function visibleJson(value: unknown): string {
  return visible(JSON.stringify(value));
}
