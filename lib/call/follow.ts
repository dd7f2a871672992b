// When a transcript stays at its newest line: always, until its reader scrolls up. Pure.

/** A box that scrolls, in pixels. */
export interface ScrollBox {
  readonly scrollTop: number;
  readonly scrollHeight: number;
  readonly clientHeight: number;
}

/** Pixels from the end at which a reader who scrolls down has come back to it. */
const BACK = 48;
/** Pixels by which sizes are rounded. */
const ROUNDED = 4;

/**
 * Whether the reader is away from the newest line after the box has scrolled. New lines and another size of the box
 * leave it short of its end, but only a person scrolls up.
 * @param wasAway whether they were before
 * @param lastTop where the box was before
 */
export function isAway(wasAway: boolean, lastTop: number, box: ScrollBox): boolean {
  const left = box.scrollHeight - box.scrollTop - box.clientHeight;
  if (left <= ROUNDED) return false;
  return box.scrollTop < lastTop || (wasAway && left > BACK);
}
