// What is said and understood in the place of a Letta agent that is away, in English.

export const words = {
  /** By what the caller says. */
  heard: {
    bye: /\b(?:good ?bye|bye|hang up|later|that's all|that is all)\b/i,
    no: /^(?:no|nope|not now|nothing)\b/i,
    /** A yes to the question below. */
    message: /\b(?:yes|yeah|yep|sure|okay|ok|please|message)\b/i,
  },
  said: {
    away: 'I cannot reach what I know and remember just now.',
    question: 'Shall I take a message, or will you try again later?',
    whichMessage: 'What is the message?',
    taken: 'I have written that down. Is there anything else?',
    notTaken: 'I am sorry, the message could not be written down. Please try again later.',
    goodbye: 'Thank you for calling. Please try again later. Goodbye.',
  },
};
