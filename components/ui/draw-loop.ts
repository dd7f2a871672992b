// Draws again and again while something moves on the screen, all that moves in one go.

/**
 * Milliseconds of rest after a drawing: thirty of them a second are as smooth to the eye for what follows a
 * voice, and half the work, which a call that is being set up needs, and a battery.
 */
const REST_MS = 25;

type Draw = (now: number) => void;

const draws = new Set<Draw>();
let running = false;

function drawAll(now: number): void {
  running = draws.size > 0;
  if (!running) return;
  // Frames that nothing is drawn in are not asked for: each has its price, also an empty one.
  setTimeout(() => requestAnimationFrame(drawAll), REST_MS);
  for (const draw of draws) draw(now);
}

/**
 * Draws about thirty times a second while the page is visible.
 * @param draw told the time, in milliseconds as `performance.now()` has it
 * @returns what ends it
 */
export function drawLoop(draw: Draw): () => void {
  draws.add(draw);
  if (!running) requestAnimationFrame(drawAll);
  running = true;
  return () => draws.delete(draw);
}
