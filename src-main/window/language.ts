import { app } from 'electron';
import { languageFor, type Language } from '../contract/language';
import { WINDOW_WORDS } from './words';

let chosen: Language | null = null;

/**
 * From now on the menu, the dialogs and the boxes of the main process speak so; null: as the system does.
 * @returns whether that is another language than before
 */
export function speak(language: Language | null): boolean {
  const before = spokenLanguage();
  chosen = language;
  return spokenLanguage() !== before;
}

/** The language of the window. The system's is known once the app is ready. */
export function spokenLanguage(): Language {
  return languageFor(chosen, app.getLocale());
}

export const windowWords = (): (typeof WINDOW_WORDS)[Language] => WINDOW_WORDS[spokenLanguage()];
