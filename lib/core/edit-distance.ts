// How similar two words or texts are: for misheard words and mistyped names.

/** Letters of texts, or words of lists, to insert, remove or replace to turn one into the other (Levenshtein). */
export function editDistance(from: ArrayLike<string>, to: ArrayLike<string>): number {
  let row = Array.from({ length: to.length + 1 }, (_, at) => at);
  for (let i = 1; i <= from.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= to.length; j += 1) {
      const replaced = (row[j - 1] ?? 0) + (from[i - 1] === to[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
