/** The languages that the window and the report speak. */
export const LANGUAGES = ['en', 'ko'] as const;
export type Language = (typeof LANGUAGES)[number];

/** The language that was chosen, else that of the system. @param locale such as 'ko-KR' */
export function languageFor(chosen: Language | null, locale: string): Language {
  return chosen ?? (locale.toLowerCase().startsWith('ko') ? 'ko' : 'en');
}
