// What a rule of pronunciation is: a pattern in the text as people write it, and the words for it.

/** Its `say` gets what `String.replace` hands over: the match, then the groups. */
export interface Rule {
  readonly pattern: RegExp;
  readonly say: (match: string, ...groups: string[]) => string;
}

/** One text through all rules in their order: an earlier one leaves nothing for a later one to misread. */
export function applied(rules: readonly Rule[], text: string): string {
  return rules.reduce((said, { pattern, say }) => said.replace(pattern, say as () => string), text);
}
