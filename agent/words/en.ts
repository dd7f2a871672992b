// What every agent says without a model, in English.

export const words = {
  /** Said before the greeting. Whether LiveKit's Egress will record is not known by then. */
  notices: { off: '', on: 'This call is recorded. ', egress: 'This call may be recorded. ' },
  /** Last words of an agent that was asked to leave, or to whom a colleague came. */
  leaving: 'I am sorry, I have to go now. Goodbye.',
  givingWay: 'I will leave the call to your colleague now. Goodbye.',
  /** Said first by an agent that was called back, unless it has something better to say. */
  back: "I'm back. What can I do for you?",
  /** Said first in the place of an agent that was lost; and then, where it had asked nothing. */
  cutOff: 'Sorry, we were cut off for a moment.',
  goOn: 'Please go on.',
  /** Said once, before the first answer without the model. */
  apology: 'I am sorry, I have some trouble thinking just now, so I will keep it simple.',
  /**
   * To a caller who says nothing, in this order. None is a question that "yes" would answer other than
   * the one that is open.
   */
  stillThere: 'Are you still there?',
  cannotHear: 'I cannot hear you. Just say something, or I will end the call.',
  endsNow: 'I still hear nothing, so I will end the call now. Goodbye.',
} as const;
