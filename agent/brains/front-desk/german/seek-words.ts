// Looks for appointments of earlier calls in German.
import { seeking } from '../seek';
import { sayMade } from './answers';
import { proceed } from './booking';
import { deskFailed, MORE } from './booking-results';
import { read } from './intents';
import { offeredMessage } from './message';
import { answeredName } from './names';
import { onDay, sayTime, sayWhen } from './say';

/** "am Dienstag, dem dritten," in the middle of a sentence. */
const amid = (day: string, today: string) => {
  const named = onDay(day, today);
  return named.includes(',') ? `${named},` : named;
};

/** See `seek.ts`. */
export const seek = seeking({
  onto: /(?<!\p{L})(?:auf|zu)\s+(?!(?:den\s+|dem\s+)?namen)/giu,
  // The verb stands at the end.
  moves: /./,
  anew: /\b(?:neue\w*|anderen termin|buchen)\b/,
  whatName: 'Auf welchen vollen Namen ist er eingetragen?',
  firstAndLast: 'Ich brauche Vor- und Nachnamen, wie ist der volle Name?',
  whatDay: 'An welchem Tag ist er?',
  whatTime: 'Um welche Uhrzeit ist Ihrer?',
  shallCancel: 'Soll ich ihn absagen?',
  whatDayRather: 'Welcher Tag passt Ihnen besser?',
  cannot: 'Ich finde ihn nur mit dem vollen Namen und dem Tag.',
  unclear: 'Ich kann nicht sagen, welcher davon Ihrer ist.',
  offerMessage: 'Soll ich eine Nachricht aufnehmen, damit man Sie zurückruft?',
  offerAgain: 'Soll ich eine Nachricht aufnehmen, oder ist er an einem anderen Tag?',
  leave: ['In Ordnung.', MORE],
  several: ({ day = '', name }, { clock }) =>
    `Auf den Namen ${name} gibt es ${amid(day, clock.day)} mehrere.`,
  notFound: ({ day = '', name, at }, { clock }) =>
    `Auf den Namen ${name} finde ich ${amid(day, clock.day)}${at === undefined ? '' : ` um ${sayTime(at)}`} leider keinen Termin.`,
  found: (made, world) => `Ich habe ${sayMade(made, world)}, auf den Namen ${made.name}.`,
  atHand: ({ day, minute }, { clock }) =>
    `Ihren Termin ${sayWhen(day, minute, clock.day)} habe ich.`,
  read: (heard, { practice, clock }, bare) => read(heard, practice, clock, bare),
  answeredName,
  offeredMessage,
  deskFailed,
  proceed,
});
