// Checks of a rollout in words.
import { expect, it } from 'vitest';
import { translator } from '@/lib/messages/messages';
import type { Finding } from '@/lib/rollouts/answers';
import { checkResult, reasonText } from '@/lib/rollouts/words';

const finding: Finding = {
  look: 1,
  at: 0,
  deployment: { calls: 40, wrong: 5, answered: 30, answerMs: 1_240 },
  production: { calls: 1_000, wrong: 1, answered: 900, answerMs: 480 },
  errorsByChance: 0.0004,
  answersByChance: 0.054,
  level: 0.0125,
  worse: 'errors',
};

it('says how much worse it is, and how likely by chance', () => {
  const english = translator('en', 'rollouts');
  expect(checkResult(finding, english, 'en-GB')).toEqual([
    'Failed calls: 5 of 40 (12.5 %), on production 1 of 1000 (0.1 %). A difference this large occurs by chance in less than 1 of 1,000 cases: it is significant.',
    'Response latency: 1.2 s, on production 480 ms. A difference this large occurs by chance in 5.4 of 100 cases: it is not significant.',
  ]);
  const german = translator('de', 'rollouts');
  expect(reasonText({ kind: 'worse', finding }, german, 'de-DE')).toBe(
    'Fehlgeschlagene Anrufe: 5 von 40 (12,5 %), auf production 1 von 1000 (0,1 %). Ein so großer Unterschied entsteht zufällig in weniger als 1 von 1.000 Fällen: Er ist signifikant.',
  );
  const answers = { ...finding, worse: 'answers' } as const;
  expect(reasonText({ kind: 'worse', finding: answers }, german, 'de-DE')).toBe(
    'Antwortzeit: 1,2 s, auf production 480 ms. Ein so großer Unterschied entsteht zufällig in 5,4 von 100 Fällen: Er ist nicht signifikant.',
  );
});
