// Hands the caller over to billing in English.
import { answer, sayMade } from './answers';
import { handingOver } from './handing-over';
import { list } from './say';

/** See `handing-over.ts`. */
export const handing = handingOver({
  alone:
    /\b(?:private(?:ly)?|privacy|confidential(?:ly)?|(?:separate|different|another|own|other) (?:room|call|line))\b/,
  asksForSomeone: /\b(?:speak|speaking|talk|talking|put me|through|transfer|connect)\b/,
  asked: {
    hours: 'the opening hours',
    address: 'the address',
    parking: 'parking',
    phone: 'the telephone number',
    services: 'the services',
    people: 'who works here',
    price: 'a price',
    mine: 'an appointment made earlier',
  },
  dropped: {
    booking: "I haven't booked anything yet.",
    message: "I haven't passed the message on.",
    seek: "I haven't changed your appointment yet.",
  },
  wait: 'One moment, please.',
  nobodyFree: ["I'm sorry, nobody from billing is free right now.", 'Shall I take a message?'],
  announced: (person = 'someone', alone) =>
    `Let me get ${person} from billing${alone ? ', in a room of your own' : ''}.`,
  summary: ({ caller = 'The caller', heard, made, asked }, world) => [
    `${caller} has a question for billing.`,
    `Their words: ${heard}`,
    ...(made
      ? [`${made.earlier ? 'They have' : 'In this call they booked'} ${sayMade(made, world)}.`]
      : []),
    ...(asked.length > 0 ? [`They asked about ${list(asked)}.`] : []),
  ],
  answer,
});
