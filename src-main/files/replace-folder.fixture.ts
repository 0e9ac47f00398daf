import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isTemporary } from './atomic';
import type { Replacement } from './replace-folder';

export type Content = Readonly<Record<string, string>>;

export const OLD_CONTENT: Content = {
  'mark.json': 'old',
  'old-only.bin': '1',
  'part/values.bin': 'old values',
};
export const NEW_CONTENT: Content = {
  'mark.json': 'new',
  'new-only.bin': '2',
  'part/values.bin': 'new values',
};

export const replacement = (owned: readonly string[]): Replacement => ({
  build: (into) => writeContent(into, NEW_CONTENT),
  owned: () => owned,
  marks: ['mark.json'],
});

export async function writeContent(folder: string, content: Content): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [path, text] of Object.entries(content)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
}

/** Every file in a folder and below with its text, without locks and what is being written. */
export async function contentOf(folder: string, { hidden = true } = {}): Promise<Record<string, string>> {
  const content: Record<string, string> = {};
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  for (const entry of entries) {
    const path = join(entry.parentPath, entry.name).slice(folder.length + 1);
    if (
      !entry.isFile() ||
      isTemporary(entry.name) ||
      path.endsWith('.lock') ||
      (!hidden && path.startsWith('.'))
    )
      continue;
    content[path] = await readFile(join(folder, path), 'utf8');
  }
  return content;
}
