import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';

export type Json = Record<string, unknown>;

/** @param hash the document’s own: left as it was, or computed anew so that it fits and the other checks are reached */
export async function editDocument(
  path: string,
  edit: (document: Json) => void,
  hash: 'as it was' | 'signed anew' = 'as it was',
): Promise<void> {
  const document = JSON.parse(await readFile(path, 'utf8')) as Json;
  edit(document);
  if (hash === 'signed anew') document['contentSha256'] = hashOfContent(document);
  await writeFile(path, JSON.stringify(document));
}

/** As forecaster.json describes it, written by another hand. */
export function hashOfContent({ contentSha256: _own, ...content }: Json): string {
  const canonical = (value: unknown): string => {
    if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
    if (typeof value !== 'object' || value === null) return JSON.stringify(value);
    const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${entries.map(([key, each]) => `${JSON.stringify(key)}:${canonical(each)}`).join(',')}}`;
  };
  return createHash('sha256').update(canonical(content)).digest('hex');
}
