/** Characters that Windows, macOS or Linux refuse in a file name, and what looks odd in one. */
const UNFIT = /[\s\\/:*?"<>|()[\]{}]+/g;

/** A file name from words such as a column's header: 'forecast-평균기온-°C.png'. At most 80 characters. */
export function fileNameOf(words: string, extension: string): string {
  const stem = words.replace(UNFIT, '-').replace(/^[-.]+|[-.]+$/g, '');
  const longest = 80 - extension.length - 1;
  return `${[...stem].slice(0, longest).join('') || 'hindcast'}.${extension}`;
}
