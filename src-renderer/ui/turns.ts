/** Work of the window's thread that waits its turn, in the order in which it was asked for. */
const waiting = new Map<object, () => void>();
let isComing = false;

/**
 * Does a piece of work after the next frame, one piece a frame: screens and charts are put up in pieces, each shorter than a
 * person feels, and so the window is never held up for all of them. The same owner waits once, with its latest work.
 */
export function takeTurn(owner: object, work: () => void): void {
  waiting.set(owner, work);
  callNext();
}

export function forgetTurn(owner: object): void {
  waiting.delete(owner);
}

function callNext(): void {
  if (isComing || waiting.size === 0) return;
  isComing = true;
  // A task of its own: in the frame's, the work would add to the layout and the painting.
  requestAnimationFrame(() => setTimeout(turn));
}

function turn(): void {
  isComing = false;
  const [next] = waiting;
  if (next === undefined) return;
  const [owner, work] = next;
  waiting.delete(owner);
  callNext();
  work();
}
