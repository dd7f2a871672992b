// The name that was probably meant, where somebody asked for one that nobody has.

/** Edits up to which another name may have been meant: a typing mistake, not another word. */
const EDITS_MAX = 3;

/** Letters to insert, remove or replace until one text is the other (Levenshtein). */
function edits(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [index, letter] of [...from].entries()) {
    const next = [index + 1];
    for (let at = 1; at <= to.length; at += 1) {
      const replaced = (row[at - 1] as number) + (to[at - 1] === letter ? 0 : 1);
      next.push(Math.min(replaced, (row[at] as number) + 1, (next[at - 1] as number) + 1));
    }
    row = next;
  }
  return row[to.length] as number;
}

/** The nearest of `names`; `sameLetters` where only upper and lower case differ. */
export function nearestName(
  asked: string,
  names: readonly string[],
): { readonly name: string; readonly sameLetters: boolean } | undefined {
  const lower = asked.toLowerCase();
  const same = names.find((name) => name !== asked && name.toLowerCase() === lower);
  if (same !== undefined) return { name: same, sameLetters: true };
  const [best] = names
    .filter((name) => name !== '' && name !== asked)
    .map((name) => ({ name, far: edits(lower, name.toLowerCase()) }))
    .filter(({ name, far }) => far <= EDITS_MAX && far < name.length / 2)
    .sort((a, b) => a.far - b.far);
  return best && { name: best.name, sameLetters: false };
}
