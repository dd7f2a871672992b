// Patterns for the shipped agents' answers, loose enough to allow rewording.

/** Ada's greeting. */
export const ADA = /this is ada|willow street/i;
/** Frank's greeting, also after a handoff. */
export const FRANK = /this is frank/i;
/** Milo's greeting. */
export const MILO = /milo|line.?check/i;
/** The answer to {@link ASK_ADDRESS}. */
export const ADDRESS = /(14|fourteen) willow street/i;
export const ASK_ADDRESS = 'What is your address?';
/** The lines of a caller who books an appointment with Ada. */
export const BOOKING = [
  "I'd like to book an appointment for Monday.",
  'The first one, please.',
  'My name is Jane Miller.',
  'Yes, that is right.',
];
