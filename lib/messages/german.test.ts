// German messages that are computed: plurals and grammatical case.
import { expect, it } from 'vitest';
import { describeEvent } from '@/lib/messages/de/call';
import { text } from '@/lib/messages/de/main';

it('writes a queue position and an event as sentences', () => {
  expect([1, 2, 3].map(text.queue.before)).toEqual([
    'Sie sind als Nächstes dran',
    '1 Person ist vor Ihnen',
    '2 Personen sind vor Ihnen',
  ]);
  const left = { kind: 'person_left', identity: 'x', why: 'left' } as const;
  expect(describeEvent(left, () => 'Ann', String)).toBe('Ann ist gegangen: hat aufgelegt');
});
