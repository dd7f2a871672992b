// Names as a segment of a path. Browsers and servers resolve the segments `.` and `..`, also percent-encoded, before any
// route sees them (WHATWG URL, 4.4), so these two names are written with a tilde in front.

/** `.` and `..`, behind any number of tildes. */
const DOTS = /^~*\.{1,2}$/;

/** A name as a segment: percent-encoded; `.`, `..` and, for the way back, what has tildes before them, with one more tilde. */
export const pathSegment = (name: string): string =>
  DOTS.test(name) ? `~${name}` : encodeURIComponent(name);

/** The percent-decoded text; the same text if it is not encoded. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The name in a segment that the router has decoded: the reverse of {@link pathSegment}. */
export const nameInSegment = (segment: string): string =>
  segment.startsWith('~') && DOTS.test(segment) ? segment.slice(1) : segment;

/** The name in a parameter of a page, which Next.js has not decoded. A malformed one names nothing that exists. */
export const nameInParam = (param: string): string => nameInSegment(decoded(param));
