// What befalls a German call besides what is said: the diary away, nobody from billing, a goodbye
// spoken into, and that English stays English.
import { initializeLogger } from '@livekit/agents';
import { beforeAll, describe, expect, test } from 'vitest';
import { MemoryDesk } from '@/lib/testing/memory-desk';
import { callDesk } from '../../testing/desk';
import { play } from '../../testing/play';
import { NOW, practice } from '../../testing/practice';
import { clockOf } from '../calendar';
import { START, type State } from '../state';
import { hear } from './dialogue';
import { callDeskInGerman } from './testing/desk';

beforeAll(() => initializeLogger({ pretty: false, level: 'silent' }));

test('without a language, Ada speaks English', async () => {
  await play([['Hello', 'How can I help?']], callDesk());
});

test("another's name is not the caller's", () => {
  const world = { practice, clock: clockOf(NOW, practice.timeZone) };
  const callerIn = (heard: string) => hear(START, heard, world).state.caller;
  expect(callerIn('Mein Name ist Karl Weber.')).toBe('Karl Weber');
  expect(callerIn('Hallo, sein Name ist Karl Weber.')).toBeUndefined();
});

test('the diary is away: a message is offered, and taken', async () => {
  const desk = new MemoryDesk();
  desk.away = true;
  const talk = await play(
    [
      ['Ich möchte am Montag kommen', 'nicht an den Kalender', 'Nachricht'],
      ['ja', 'Wie lautet die Nachricht?'],
      ['Bitte um einen Termin am Montag', 'Von wem'],
      ['Anna Schmidt', 'Nummer'],
      ['keine', 'Anna Schmidt', 'ohne Nummer'],
      ['ja', 'weitergegeben'],
    ],
    callDeskInGerman(desk),
  );
  expect(talk.used.at(-1)?.name).toBe('takeMessage');
});

describe('billing', () => {
  test('gets the caller, with what they want and did in their own words', async () => {
    const talk = await play(
      [
        ['Hier ist Anna Schmidt, wo kann ich parken?', 'Parkplätze'],
        ['Ich habe eine Frage zu meiner Rechnung', 'Frank', 'Moment'],
      ],
      callDeskInGerman(),
    );
    expect(talk.call.handedTo[0]).toMatchObject({ agent: 'billing', caller: 'Anna Schmidt' });
    expect(talk.call.handedTo[0]?.summary).toContain('Ich habe eine Frage zu meiner Rechnung.');
    expect(talk.call.handedTo[0]?.summary).toContain('Parkplätzen');
  });

  test('has nobody free: a message is offered, for billing', async () => {
    const talk = callDeskInGerman();
    talk.call.outcome = 'nobody came';
    await play(
      [
        ['Verbinden Sie mich mit der Buchhaltung', 'niemand frei', 'Nachricht aufnehmen?'],
        ['Ja', 'Wie lautet die Nachricht für die Abrechnung?'],
      ],
      talk,
    );
  });

  test('can be left a message without being called', async () => {
    const talk = await play(
      [['Eine Nachricht für die Abrechnung, bitte', 'Wie lautet die Nachricht']],
      callDeskInGerman(),
    );
    expect(talk.call.handedTo).toEqual([]);
  });
});

test('who speaks into the goodbye is answered if they ask something, else seen off again', async () => {
  const talk = await play(
    [
      ['Auf Wiedersehen', 'Auf Wiederhören.'],
      ['Danke', 'Bis zum nächsten Mal'],
      ['Ach, wann haben Sie morgen offen?', '9 Uhr bis 12 Uhr'],
    ],
    callDeskInGerman(),
  );
  expect(talk.used.map(({ name }) => name)).toEqual(['endCall', 'endCall']);
});

test('a step is a pure function: the same words from the same state come to the same', () => {
  const world = { practice, clock: clockOf(NOW, practice.timeZone) };
  const frozen: State = Object.freeze({ ...START });
  const said = 'Ich möchte am Montag um halb drei kommen';
  expect(hear(frozen, said, world)).toEqual(hear(frozen, said, world));
  expect(hear(frozen, said, world).use?.args).toMatchObject({ day: '2026-11-23', at: '14:30' });
});

test('a request to hear it again repeats it word for word', async () => {
  const talk = callDeskInGerman();
  const first = await talk.say('Wo finde ich Sie?');
  expect(await talk.say('Wie bitte?')).toBe(first);
});
