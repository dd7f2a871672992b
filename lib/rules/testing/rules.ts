// A shorthand for rules in tests.
import { type Rule, ruleList } from '@/lib/rules/rule';

/** Fields of a rule besides its agent: see `lib/rules/rule.ts`. `send` is its `then`. */
interface Said extends Partial<Pick<Rule, 'name' | 'enabled' | 'when' | 'if'>> {
  readonly send?: Partial<Rule['then']>;
}

/** A rule; by default everybody who joins gets the front desk. */
export function testRule({ send, ...said }: Said = {}): Rule {
  // biome-ignore lint/suspicious/noThenProperty: a field of rules; a rule is never awaited.
  const written = { then: { agent: 'front-desk', ...send } };
  return ruleList.parse([
    { name: 'a rule', when: 'participant_joined', ...said, ...written },
  ])[0] as Rule;
}
