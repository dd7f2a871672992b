// Patterns of rules: exact text in which `*` stands for any run of characters, also none. No regular
// expression is made from what a person wrote, so none can take for ever.

/** Longest pattern in characters: with it, a match takes time in proportion to the text alone. */
export const PATTERN_MAX = 256;

/** Whether all of `text` is what `pattern` says. Capitals count. */
export function matchesPattern(pattern: string, text: string): boolean {
  const [first = '', ...rest] = pattern.split('*');
  const last = rest.pop();
  if (last === undefined) return text === pattern;
  const end = text.length - last.length;
  if (end < first.length || !text.startsWith(first) || !text.endsWith(last)) return false;
  let at = first.length;
  for (const piece of rest) {
    // The earliest place is always right: it leaves the most text for the pieces that follow.
    const found = text.indexOf(piece, at);
    if (found < 0 || found + piece.length > end) return false;
    at = found + piece.length;
  }
  return true;
}
