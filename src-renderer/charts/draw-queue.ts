/** Draws that wait for their turn: one a frame, so that a screen of several charts never holds the window up for all of them. */
const waiting = new Map<object, () => void>();
let frame = 0;

function drawNext(): void {
  frame = 0;
  const [next] = waiting;
  if (next === undefined) return;
  const [owner, draw] = next;
  waiting.delete(owner);
  if (waiting.size > 0) frame = requestAnimationFrame(drawNext);
  draw();
}

/** Asks for a draw; the same owner waits once. */
export function queueDraw(owner: object, draw: () => void): void {
  waiting.set(owner, draw);
  if (frame === 0) frame = requestAnimationFrame(drawNext);
}

export function forgetDraw(owner: object): void {
  waiting.delete(owner);
}
