// A pronunciation rule: a pattern in written text, and the words for it.

/** Its `say` gets the arguments of a `String.replace` function: the match, then the groups. */
export interface Rule {
  readonly pattern: RegExp;
  readonly say: (match: string, ...groups: string[]) => string;
}

/** Applies all rules in order: text matched by an earlier one is not matched again. */
export function applied(rules: readonly Rule[], text: string): string {
  return rules.reduce((said, { pattern, say }) => said.replace(pattern, say as () => string), text);
}
