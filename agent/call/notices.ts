// What every agent says around its conversation, without a model: on joining, on leaving, in silence.

export const notices = {
  /** Said before the greeting. Whether LiveKit's Egress will record is not known by then. */
  recording: { off: '', on: 'This call is recorded. ', egress: 'This call may be recorded. ' },
  /** Said before the greeting on the telephone, where no page shows it. */
  monitored: 'This call may be monitored. ',
  /** Last words of an agent that is asked to leave, or that makes room for a colleague. */
  leaving: 'I am sorry, I have to go now. Goodbye.',
  givingWay: 'I will leave the call to your colleague now. Goodbye.',
  /** To a stranger, a minute before the end of their call; and then as its last words. */
  oneMinute: 'This call ends in one minute.',
  timeUp: 'The time for this call is up. Goodbye.',
  /** Said first by an agent that was called back. */
  back: "I'm back. What can I do for you?",
  /** Said first by the replacement of a lost agent; and then, where no question was open. */
  cutOff: 'Sorry, we were cut off for a moment.',
  goOn: 'Please go on.',
  /** Said once, before the first answer without the model. */
  apology: 'I am sorry, I have some trouble thinking just now, so I will keep it simple.',
  /** To a caller who said something of which no words came; after some times, the second. */
  missed: 'Sorry, I did not catch that.',
  typeInstead: 'Sorry, I still did not catch that. You can also type your message.',
  /** To who typed, or pressed, more than `TYPED_MAX` characters; then what was read is answered. */
  tooLong: 'That is too long for me, so I read only its first 2,000 characters.',
  /** To a silent caller, in this order. None is a question that "yes" would answer. */
  stillThere: 'Are you still there?',
  cannotHear: 'I cannot hear you. Just say something, or I will end the call.',
  endsNow: 'I still hear nothing, so I will end the call now. Goodbye.',
} as const;
