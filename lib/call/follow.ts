// When a transcript stays at its newest line: always, until its reader scrolls up. Pure.

/** A box that scrolls, in pixels. */
export interface ScrollBox {
  readonly scrollTop: number;
  readonly scrollHeight: number;
  readonly clientHeight: number;
}

/** Pixels from the end that still count as being at it. */
const AT_END = 48;

/**
 * Whether the reader is away from the newest line after the box has scrolled. New lines and another size of the box
 * leave it short of its end, but only a person scrolls up.
 * @param wasAway whether they were before
 * @param lastTop where the box was before
 */
export function isAway(wasAway: boolean, lastTop: number, box: ScrollBox): boolean {
  const left = box.scrollHeight - box.scrollTop - box.clientHeight;
  return left > AT_END && (wasAway || box.scrollTop < lastTop);
}
