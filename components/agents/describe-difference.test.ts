// Differences of deployments in words.
import { expect, it } from 'vitest';
import { describeDifference } from '@/components/agents/describe-difference';
import type { Difference } from '@/lib/calls/view/agent-stats';
import { translator } from '@/lib/messages/messages';

it.each<[Difference, string, string]>([
  [
    { of: 'answer', slower: true, ms: 293 },
    'answers come 293 ms later',
    'Antworten kommen 293 ms später',
  ],
  [
    { of: 'join', more: false, points: 8.2 },
    'agents join 8.2 fewer of 100 calls',
    'Agenten kommen in 8,2 von 100 Anrufen weniger',
  ],
])('%j', (what, english, german) => {
  expect([
    describeDifference(what, translator('en', 'agents'), 'en-GB'),
    describeDifference(what, translator('de', 'agents'), 'de-DE'),
  ]).toEqual([english, german]);
});
