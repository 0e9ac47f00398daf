import { join } from 'node:path';
import type { Language } from '../contract/language';
import { writeAtomically } from '../files/atomic';
import { publicationToFragment, publicationToPage } from './page';
import { publicationToJson, type Publication } from './publication';

/**
 * Writes forecast.json, index.html and hindcast.inc (the same as a fragment, for `#include` in a skin of WeeWX), each whole
 * or not at all.
 * @throws Problem 'cannot-write'
 */
export async function publishToFolder(
  folder: string,
  publication: Publication,
  language: Language,
): Promise<void> {
  await writeAtomically(join(folder, 'index.html'), publicationToPage(publication, language));
  await writeAtomically(join(folder, 'hindcast.inc'), `${publicationToFragment(publication, language)}\n`);
  const json = JSON.stringify(publicationToJson(publication), null, 2);
  await writeAtomically(join(folder, 'forecast.json'), `${json}\n`);
}
