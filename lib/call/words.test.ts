// Participants without a name, and dividers, in both languages.
import { expect, it } from 'vitest';
import { dividerText, namesText, speakerText } from '@/lib/call/words';
import { translator } from '@/lib/messages/messages';

const en = translator('en', 'call');
const de = translator('de', 'call');

it('names participants without a name by what they are', () => {
  const who = [
    { kind: 'caller', name: '', role: '' },
    { kind: 'colleague', name: 'Margaret', role: '' },
  ] as const;
  expect(namesText(en, who)).toBe('Caller, Margaret');
  expect(namesText(de, who)).toBe('Anrufer, Margaret');
  expect(speakerText(de, { side: 'agent', name: '' })).toBe('Agent');
  expect(speakerText(de, { side: 'person', name: '' })).toBe('Anrufer');
  expect(speakerText(de, { side: 'you', name: 'Jane' })).toBe('Sie');
});

it.each([
  [{ what: 'joined', name: '', kind: 'caller' }, 'Caller joined', 'Anrufer ist dazugekommen'],
  [{ what: 'lost', name: 'Ada' }, 'Ada was lost', 'Ada ist verloren gegangen'],
  [
    { what: 'handoff', from: 'Ada', to: '' },
    'Ada handed off to Agent',
    'Ada hat an Agent übergeben',
  ],
  [{ what: 'moved' }, 'Moved to another room', 'In einen anderen Raum gewechselt'],
] as const)('divider %o', (divider, english, german) => {
  expect(dividerText(en, divider)).toBe(english);
  expect(dividerText(de, divider)).toBe(german);
});
