import { withoutUnseen } from '../contract/visible';

/** File systems take 255 bytes a name; the user may want to add a word, and a copy gets a number. */
const MOST_BYTES = 200;
/** Names that Windows keeps for devices, whatever follows the first point. */
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/i;

/** A name to suggest for a file or a folder, which every file system takes; 'hindcast' where nothing is left of it. */
export function safeFileName(name: string): string {
  const cleaned = withoutUnseen(name.replace(/\p{Cs}/gu, '-'), '-')
    .replace(/[<>:"/\\|?*]/g, '-')
    .replace(/^[\s.]+/, '');
  const cut = cutName(cleaned).replace(DEVICE, '$1_');
  return cut === '' ? 'hindcast' : cut;
}

/** Without what is too much; its last word, which says what it is and has the ending, stays. */
function cutName(name: string): string {
  const last = name.lastIndexOf(' ');
  const tail = last < 0 || Buffer.byteLength(name.slice(last)) > MOST_BYTES / 4 ? '' : name.slice(last);
  let head = '';
  let bytes = Buffer.byteLength(tail);
  for (const { segment } of new Intl.Segmenter().segment(name.slice(0, name.length - tail.length))) {
    bytes += Buffer.byteLength(segment);
    if (bytes > MOST_BYTES) break;
    head += segment;
  }
  const whole = `${head.trimEnd()}${tail}`;
  // Windows takes no point or blank at the end.
  return whole.slice(0, whole.length - trailing(whole));
}

/** How many points and blanks stand at the end. */
function trailing(text: string): number {
  let count = 0;
  while (/[\s.]/.test(text.charAt(text.length - 1 - count))) count++;
  return count;
}
