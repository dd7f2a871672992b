// Names as a segment of a path. Browsers and servers resolve the segments `.` and `..`, also percent-encoded, before any
// route sees them (WHATWG URL, 4.4), so these two names are written with a tilde in front.

/** `.` and `..`, behind any number of tildes. */
const DOTS = /^~*\.{1,2}$/;

/** A name as a segment: percent-encoded; `.`, `..` and, for the way back, what has tildes before them, with one more tilde. */
export const pathSegment = (name: string): string =>
  DOTS.test(name) ? `~${name}` : encodeURIComponent(name);

/** The name in a segment that the router has decoded: the reverse of {@link pathSegment}. */
export const nameInSegment = (segment: string): string =>
  segment.startsWith('~') && DOTS.test(segment) ? segment.slice(1) : segment;
