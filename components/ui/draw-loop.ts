// One animation loop for everything that moves on the page.

/**
 * Pause in milliseconds after a frame. Thirty frames a second look as smooth for audio levels as sixty, and cost half
 * the CPU and battery.
 */
const REST_MS = 25;
/** The same where people ask for reduced motion: five frames a second still show who speaks. */
const CALM_REST_MS = 200;

type Draw = (now: number) => void;

const draws = new Set<Draw>();
let running = false;

/** Asked in each frame, so it is created once. The server has none. */
const calm =
  typeof matchMedia === 'undefined' ? undefined : matchMedia('(prefers-reduced-motion: reduce)');

/** Whether people ask their system for reduced motion. */
export const reducedMotion = (): boolean => calm?.matches ?? false;

function drawAll(now: number): void {
  running = draws.size > 0;
  if (!running) return;
  // A timer instead of skipped frames: an empty animation frame costs CPU too.
  setTimeout(() => requestAnimationFrame(drawAll), reducedMotion() ? CALM_REST_MS : REST_MS);
  for (const draw of draws) draw(now);
}

/**
 * Draws about thirty times a second while the page is visible, or five times with reduced motion.
 * @param draw called with the time of `performance.now()` in milliseconds
 * @returns the function that stops it
 */
export function drawLoop(draw: Draw): () => void {
  draws.add(draw);
  if (!running) requestAnimationFrame(drawAll);
  running = true;
  return () => draws.delete(draw);
}
