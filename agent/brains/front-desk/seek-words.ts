// Looks for appointments of earlier calls in English.
import { sayMade } from './answers';
import { proceed } from './booking';
import { deskFailed } from './booking-results';
import { read } from './intents';
import { offeredMessage } from './message';
import { answeredName } from './names';
import { onDay, sayTime } from './say';
import { seeking } from './seek';

/** See `seek.ts`. */
export const seek = seeking({
  onto: /\b(?:to|for|until|till)\s+/gi,
  moves: /\b(?:mov|chang|reschedul|rebook|postpon)/i,
  anew: /\b(?:new|another|book)\b/,
  whatName: 'What is the full name it was booked under?',
  firstAndLast: 'I need the first and the last name, what is it in full?',
  whatDay: 'What day is it on?',
  whatTime: 'At what time is yours?',
  shallCancel: 'Shall I cancel it?',
  whatDayRather: 'What day would suit you better?',
  cannot: 'I can only find it by the full name and the day.',
  unclear: "I can't tell which of them is yours.",
  offerMessage: 'Shall I take a message, so that someone calls you back?',
  offerAgain: 'Shall I take a message, or is it on another day?',
  leave: ['All right.', 'Is there anything else?'],
  several: ({ day = '', name }, { clock }) =>
    `There are several for ${name} ${onDay(day, clock.day)}.`,
  notFound: ({ day = '', name, at }, { clock }) =>
    `I can't find an appointment for ${name} ${onDay(day, clock.day)}${at === undefined ? '' : ` at ${sayTime(at)}`}.`,
  found: (made, world) => `I have ${sayMade(made, world)}, for ${made.name}.`,
  atHand: ({ day, minute }, { clock }) =>
    `I have your appointment ${onDay(day, clock.day)} at ${sayTime(minute)}.`,
  read: (heard, { practice, clock }, bare) => read(heard, practice, clock, bare),
  answeredName,
  offeredMessage,
  deskFailed,
  proceed,
});
