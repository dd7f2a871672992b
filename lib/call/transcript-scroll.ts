// A transcript scrolls to its newest line until its reader scrolls up. Pure.

/** A scrolling element, in pixels. */
export interface ScrollBox {
  readonly scrollTop: number;
  readonly scrollHeight: number;
  readonly clientHeight: number;
}

/** Pixels from the end at which a reader who scrolls down counts as at the end again. */
const BACK = 48;
/** Pixels of rounding errors in sizes. */
const ROUNDED = 4;

/**
 * Whether the reader is away from the newest line after a scroll event. New lines and resizing also move the end away,
 * but only a person scrolls up.
 * @param wasAway whether they were before
 * @param lastTop previous scroll position
 */
export function isAway(wasAway: boolean, lastTop: number, box: ScrollBox): boolean {
  const left = box.scrollHeight - box.scrollTop - box.clientHeight;
  if (left <= ROUNDED) return false;
  return box.scrollTop < lastTop || (wasAway && left > BACK);
}
