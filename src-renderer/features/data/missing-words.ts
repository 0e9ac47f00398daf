/** Words as typed in one line, parted by blanks; one that holds blanks stands in quotation marks. */
export function parseWords(text: string): string[] {
  const words = [...text.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
  return [...new Set(words.map((word) => word.trim()).filter((word) => word !== ''))];
}

export function writeWords(words: readonly string[]): string {
  return words.map((word) => (/\s/.test(word) ? `"${word}"` : word)).join(' ');
}
