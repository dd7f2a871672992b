// What is said where nothing was understood: never the same twice running, and always how to go on.
import type { Reading } from '../intents';
import { type Asked, reply, type State, type Step } from '../state';
import { ABILITIES } from './answers';
import { ASKS } from './patterns';

/** Said before asking again; not part of what is repeated on request. */
export const SORRY: readonly string[] = [
  'Das habe ich leider nicht verstanden.',
  'Ich verstehe es noch immer nicht, Verzeihung.',
];
const EXAMPLE = 'Was darf es sein, zum Beispiel ein Termin am Montag?';
const CALL_BACK = 'Soll ich eine Nachricht aufnehmen, damit man Sie zurückruft?';

/** What was asked, in other words: first plainly, then with an example. */
const AGAIN: Partial<Record<Asked, readonly [string, string]>> = {
  day: [
    'Welcher Tag passt Ihnen, zum Beispiel Montag oder morgen?',
    'Sagen Sie mir bitte nur den Wochentag, welcher soll es sein?',
  ],
  proposal: ['Passt Ihnen der Tag, ja oder nein?', 'Soll ich den Tag nehmen, ja oder nein?'],
  time: ['Welche Uhrzeit passt Ihnen?', 'Welche Uhrzeit soll es sein, oder einfach die erste?'],
  name: ['Wie ist Ihr Name, bitte?', 'Sagen Sie bitte nur Vor- und Nachnamen, wie heißen Sie?'],
  confirm: [
    'Soll ich den Termin buchen, ja oder nein?',
    'Ist der Termin so richtig, ja oder nein?',
  ],
  what: [
    'Soll ich den Tag, die Uhrzeit oder den Namen ändern?',
    'Was stimmt nicht, der Tag, die Uhrzeit oder der Name?',
  ],
  messageText: [
    'Was darf ich ausrichten?',
    'Sprechen Sie einfach los, was soll in der Nachricht stehen?',
  ],
  messageFrom: ['Wie ist Ihr Name, bitte?', 'Von wem darf ich sagen, dass die Nachricht ist?'],
  messagePhone: [
    'Welche Telefonnummer haben Sie?',
    'Sagen Sie die Nummer bitte Ziffer für Ziffer, oder wollen Sie keine nennen?',
  ],
  messageConfirm: [
    'Soll ich die Nachricht weitergeben, ja oder nein?',
    'Ist die Nachricht so richtig, ja oder nein?',
  ],
  messageWhat: [
    'Soll ich Text, Namen oder Nummer ändern?',
    'Was stimmt nicht, der Text, der Name oder die Nummer?',
  ],
  offerMessage: [
    'Möchten Sie eine Nachricht hinterlassen, ja oder nein?',
    'Soll ich etwas ausrichten, ja oder nein?',
  ],
  offerBooking: [
    'Möchten Sie einen Termin, ja oder nein?',
    'Soll ich nach einem Termin sehen, ja oder nein?',
  ],
  cancel: [
    'Soll ich den Termin absagen, ja oder nein?',
    'Möchten Sie den Termin behalten oder absagen?',
  ],
  seekName: [
    'Wie sind Vor- und Nachname, auf die er eingetragen ist?',
    'Sagen Sie bitte nur den vollen Namen, wie lautet er?',
  ],
  seekDay: [
    'An welchem Tag ist der Termin?',
    'Sagen Sie mir bitte nur den Wochentag, welcher ist es?',
  ],
  seekTime: [
    'Um wie viel Uhr ist der Termin?',
    'Sagen Sie mir bitte nur die Uhrzeit, welche ist es?',
  ],
  seekAgain: [
    'Soll ich eine Nachricht aufnehmen, ja oder nein?',
    'Möchten Sie einen anderen Tag oder Namen nennen?',
  ],
};

/** Whether it is put as a question, of whatever. */
export const isQuestion = ({ plain, heard }: Pick<Reading, 'plain' | 'heard'>) =>
  ASKS.test(plain) || heard.endsWith('?');

/** Fewest words that are taken for somebody telling something. Our own choice. */
const TELLING_WORDS = 6;

const turn = <T>(turns: readonly [T, ...T[]], lost: number): T =>
  turns[(lost - 1) % turns.length] ?? turns[0];

/** What is said to a question that the facts do not answer, one after the other. */
const UNKNOWN: readonly [
  readonly [Asked, string, string],
  ...(readonly [Asked, string, string])[],
] = [
  ['offerMessage', 'Das weiß ich leider nicht.', CALL_BACK],
  [
    'help',
    'Auch darauf habe ich keine Antwort.',
    'Möchten Sie etwas zu Öffnungszeiten oder Terminen wissen?',
  ],
  [
    'offerMessage',
    'Das ist mehr, als ich weiß.',
    'Soll ich die Frage an einen Kollegen weitergeben?',
  ],
  ['help', ABILITIES, 'Was davon darf es sein?'],
];
/** What is said to somebody who tells something, without a form open. */
const TELLING: typeof UNKNOWN = [
  ['offerBooking', 'Ich verstehe.', 'Möchten Sie deswegen einen Termin?'],
  [
    'offerMessage',
    'So ist das also.',
    'Soll ich das als Nachricht für einen Kollegen aufschreiben?',
  ],
  ['help', 'Mhm.', 'Und was kann ich für Sie tun?'],
];

/** The reply to what was not understood, for the first, second, third time running. */
export function lostReply(before: State, reading: Reading, open: readonly string[]): Step {
  const state = { ...before, lost: before.lost + 1 };
  const asks = isQuestion(reading);
  if (!before.form && (asks || reading.plain.split(' ').length >= TELLING_WORDS)) {
    const [asked, ...say] = turn(asks ? UNKNOWN : TELLING, state.lost);
    return reply(state, asked, ...say);
  }
  if (asks && before.lost < 3 && open.length > 0) {
    const sorry =
      before.lost === 1 ? 'Auch das kann ich Ihnen nicht sagen.' : 'Das weiß ich leider nicht.';
    return reply(state, before.asked, sorry, ...open);
  }
  const again = AGAIN[before.asked];
  const round = before.lost % 4;
  if (round < 2) {
    const ask = again?.[round] ?? (round === 0 ? 'Was kann ich für Sie tun?' : EXAMPLE);
    return reply(state, before.asked, SORRY[round] ?? '', ask);
  }
  if (round === 3 || before.asked === 'offerMessage') {
    const help = 'Sie können mir auch schreiben, oder möchten Sie etwas anderes?';
    return reply({ ...state, form: undefined }, 'help', 'Ich komme leider nicht dahinter.', help);
  }
  return reply(
    { ...state, form: undefined },
    'offerMessage',
    'Ich habe Mühe, Sie zu verstehen.',
    CALL_BACK,
  );
}

/** The reply to silence, or to noise that the recogniser marks as such. */
export const silent = (before: State, open: readonly string[]): Step =>
  reply(
    before,
    before.asked,
    'Ich höre Sie nicht.',
    ...(before.form && open.length > 0 ? open : ['Sind Sie noch da?']),
  );
