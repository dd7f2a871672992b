// What Ada says when she did not understand. It never comes out the same twice running and always
// says how to go on: first what was asked in other words or what she can do, then an example, then
// the offer of a message, and so round again.
import type { Reading } from './intents';
import { AGAIN } from './lost-questions';
import { type Asked, reply, type State, type Step } from './state';

/** Said before asking again; not part of what is repeated on request. */
export const SORRY: readonly string[] = [
  "Sorry, I didn't catch that.",
  "I'm still not with you, sorry.",
];

/** What can be asked, as it is told who was not understood. */
export interface Guide {
  /** What the agent can do, as a sentence. */
  readonly can: string;
  /** An example of what to say. */
  readonly example: string;
  /** What to ask about instead. */
  readonly ask: string;
}

const DESK: Guide = {
  can: 'I can tell you our hours, book an appointment, or take a message.',
  example: 'You could say, for example, book me in on Monday morning, or, when are you open?',
  ask: 'Ask me about our hours, our services or an appointment.',
};

const CALL_BACK = 'Shall I take a message, so that someone calls you back?';

/** Understood as a question, of three words or more, though not what it asks. */
const QUESTION =
  /^(?:(?:and|so|but|ok|um|uh|well) )*(?:what|what's|how|why|can|can't|could|couldn't|do|don't you|does|did|is|isn't|are|aren't|will|won't|would|should|shall|may|which|where|when|who|who's) \S+ \S+/;

/** Whether it is put as a question, of whatever. */
export const isQuestion = ({ plain }: Pick<Reading, 'plain'>) => QUESTION.test(plain);

/** Fewest words that are taken for somebody telling something, and not for a slip of the ear. */
const TELLING_WORDS = 6;

/** What is said to a question that the facts do not answer, one after the other, and what then is asked. */
function unknown(state: State, guide: Guide): Step {
  const turns: readonly (readonly [Asked, string, string])[] = [
    ['offerMessage', "I'm afraid I don't know that.", CALL_BACK],
    ['help', "I can't answer that one either.", guide.ask],
    ['offerMessage', "That's more than I know.", 'Shall I pass the question on to a colleague?'],
    ['help', 'That is not among the things I know.', guide.can],
  ];
  const [asked, ...say] = turns[(state.lost - 1) % turns.length] ?? turns[0] ?? [];
  return reply(state, asked ?? 'help', ...say);
}

/** What is said to somebody who tells something, without a form open. */
function telling(state: State): Step {
  const turns: readonly (readonly [Asked, string, string])[] = [
    ['offerBooking', 'I see.', 'Would you like an appointment about it?'],
    ['offerMessage', 'I understand.', 'Shall I write that down as a message for a colleague?'],
    ['help', 'Mm-hm.', 'And what can I do for you?'],
  ];
  const [asked, ...say] = turns[(state.lost - 1) % turns.length] ?? turns[0] ?? [];
  return reply(state, asked ?? 'help', ...say);
}

/** The reply to what was not understood, for the first, second, third time running. */
export function lostReply(
  before: State,
  reading: Reading,
  openQuestion: readonly string[],
  guide = DESK,
): Step {
  const state = { ...before, lost: before.lost + 1 };
  if (QUESTION.test(reading.plain)) {
    if (!before.form) return unknown(state, guide);
    if (before.lost === 0) {
      return reply(state, before.asked, "I'm afraid I don't know that.", ...openQuestion);
    }
  }
  if (!before.form && reading.plain.split(' ').length >= TELLING_WORDS) return telling(state);
  const again = AGAIN[before.asked];
  const round = before.lost % 4;
  if (round === 0) {
    return reply(state, before.asked, SORRY[0] ?? '', again?.[0] ?? guide.can);
  }
  if (round === 1) {
    return reply(state, before.asked, SORRY[1] ?? '', again?.[1] ?? guide.example);
  }
  if (round === 3 || before.asked === 'offerMessage') {
    const help = again
      ? 'You can also type to me, or say never mind.'
      : 'You can also type to me, or ask for a message to be taken.';
    return reply(state, before.asked, 'I still cannot make that out.', help);
  }
  return reply(
    { ...state, form: undefined },
    'offerMessage',
    "I'm having trouble understanding.",
    CALL_BACK,
  );
}

/** The reply to silence, or to noise that the recogniser marks as such. */
export function silent(before: State, openQuestion: readonly string[]): Step {
  const open = before.form ? openQuestion : [];
  return reply(
    before,
    before.asked,
    "I can't hear you.",
    ...(open.length > 0 ? open : ['Are you still there?']),
  );
}
