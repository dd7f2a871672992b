// Rules for tests, in few words.
import { type Rule, ruleList } from '@/lib/rules/rule';

/** What a rule says beside its agent: see `lib/rules/rule.ts`. `send` is its `then`. */
interface Said extends Partial<Pick<Rule, 'name' | 'enabled' | 'when' | 'if'>> {
  readonly send?: Partial<Rule['then']>;
}

/** A rule as the file would give it; without more: whoever joins gets the front desk. */
export function testRule({ send, ...said }: Said = {}): Rule {
  // biome-ignore lint/suspicious/noThenProperty: the word of the file; a rule is never awaited.
  const written = { then: { agent: 'front-desk', ...send } };
  return ruleList.parse([
    { name: 'a rule', when: 'participant_joined', ...said, ...written },
  ])[0] as Rule;
}
