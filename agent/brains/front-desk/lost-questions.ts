// Each open question in other words, and how it can be answered, for who was not understood.
import type { Asked } from './state';

/** By what was asked: the question anew, then an example. */
export const AGAIN: Partial<Record<Asked, readonly [string, string]>> = {
  day: [
    'Which day would you like to come in?',
    'You could say, for example, Monday, or tomorrow morning.',
  ],
  proposal: [
    'Is that day all right, yes or no?',
    'You can also name another day, such as Tuesday.',
  ],
  time: [
    'What time would you like?',
    'You could say, for example, half past two, or, the first one.',
  ],
  name: ['What is the name for the appointment?', 'You could say, my name is, and then your name.'],
  confirm: ['Shall I book it, yes or no?', 'Say yes to book it, or tell me what to change.'],
  what: [
    'Is it the day, the time or the name?',
    "You could say, for example, make it three o'clock.",
  ],
  messageText: [
    'What would you like me to pass on?',
    'Just say the message as it should be written.',
  ],
  messageFrom: ['What name shall I put on it?', 'You could say, my name is, and then your name.'],
  messagePhone: ['What is the number, digit by digit?', 'Say no if you would rather not give one.'],
  messageConfirm: [
    'Shall I pass it on, yes or no?',
    'Say yes to pass it on, or tell me what to change.',
  ],
  messageWhat: ['Is it the message, the name or the number?', 'Say, for example, the number.'],
  offerMessage: [
    'Shall I take a message, yes or no?',
    'Say yes to leave one, or ask me about our hours.',
  ],
  offerBooking: [
    'Shall I book one, yes or no?',
    'You could say, yes, on Monday, or ask me something else.',
  ],
  cancel: ['Shall I cancel it, yes or no?', 'Say yes to cancel it, or no to keep it.'],
  seekName: [
    'Under what first and last name is it?',
    'You could say, my name is, and then your full name.',
  ],
  seekDay: ['Which day is the appointment on?', 'You could say, for example, next Tuesday.'],
  seekTime: [
    'What time is the appointment?',
    "You could say, for example, three o'clock, or ask me for a message.",
  ],
  seekAgain: [
    'Shall I take a message about it, yes or no?',
    'You could tell me another day or another name.',
  ],
};
