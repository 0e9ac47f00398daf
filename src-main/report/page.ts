import type { Language } from '../contract/language';
import { escapeXml } from '../drawing';
import { STYLE } from './style';

/**
 * A page that stands alone: no script, nothing fetched.
 * @param title and `below` are texts from anywhere, `body` is HTML
 */
export const standalonePage = (
  language: Language,
  { title, below, body }: { readonly title: string; readonly below: string; readonly body: string },
): string => `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeXml(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<header><h1>${escapeXml(title)}</h1><p>${escapeXml(below)}</p></header>
${body}
</main>
</body>
</html>
`;

export const heading = (text: string): string => `<h2>${escapeXml(text)}</h2>`;
export const note = (text: string, kind = 'note'): string => `<p class="${kind}">${escapeXml(text)}</p>`;
