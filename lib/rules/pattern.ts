// Patterns of rules: exact text in which `*` matches any characters, or none. Not based on regular expressions, so that
// no pattern can take exponential time.

/** Longest pattern in characters, which bounds the time of a match. */
export const PATTERN_MAX = 256;

/** Whether the whole `text` matches `pattern`. Case-sensitive. */
export function matchesPattern(pattern: string, text: string): boolean {
  const [first = '', ...rest] = pattern.split('*');
  const last = rest.pop();
  if (last === undefined) return text === pattern;
  const end = text.length - last.length;
  if (end < first.length || !text.startsWith(first) || !text.endsWith(last)) return false;
  let at = first.length;
  for (const piece of rest) {
    // The first match is always right: it leaves the most text for the following pieces.
    const found = text.indexOf(piece, at);
    if (found < 0 || found + piece.length > end) return false;
    at = found + piece.length;
  }
  return true;
}
