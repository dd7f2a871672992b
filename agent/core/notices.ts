// What every agent says outside its conversation, without a model: on joining, on leaving, in silence.

export const notices = {
  /** Before the greeting. At that time it is not known whether LiveKit's Egress will record. */
  recording: { off: '', on: 'This call is recorded. ', egress: 'This call may be recorded. ' },
  /** Before the greeting on the telephone, which has no page to show it. */
  monitored: 'This call may be monitored. ',
  /** Last words of an agent that is shut down or that leaves the call to a colleague. */
  leaving: 'I am sorry, I have to go now. Goodbye.',
  takeover: 'I will leave the call to your colleague now. Goodbye.',
  /** To a caller with a time limit: one minute before the end, then as last words. */
  oneMinute: 'This call ends in one minute.',
  timeUp: 'The time for this call is up. Goodbye.',
  /** First words of an agent that was called back. */
  back: "I'm back. What can I do for you?",
  /** First words of a replacement agent; the second if no question was open. */
  cutOff: 'Sorry, we were cut off for a moment.',
  goOn: 'Please go on.',
  /** Said once, before the first answer without the model. */
  apology: 'I am sorry, I have some trouble thinking just now, so I will keep it simple.',
  /** While a tool takes long. */
  oneMoment: 'One moment, please.',
  /** After speech that was not understood; the second after several times. */
  missed: 'Sorry, I did not catch that.',
  typeInstead: 'Sorry, I still did not catch that. You can also type your message.',
  /** After typed or pressed input of more than `TYPED_MAX` characters; the part that was read is answered. */
  tooLong: 'That is too long for me, so I read only its first 2,000 characters.',
  /** After `TURNS_MAX` turns of typed or pressed input; nothing more of it is read. */
  tooOften: 'You have written more than I can read in one call. You can still talk to me.',
  /** To a silent caller, in this order. None is a question that "yes" would answer. */
  areYouThere: 'Are you still there?',
  cannotHear: 'I cannot hear you. Just say something, or I will end the call.',
  endsNow: 'I still hear nothing, so I will end the call now. Goodbye.',
} as const;
