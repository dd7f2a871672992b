// What the agents that ship say whatever their wording: enough to know who speaks and what is answered.

/** Ada's greeting. */
export const ADA = /this is ada|willow street/i;
/** Frank's, wherever the caller comes from. */
export const FRANK = /this is frank/i;
/** Milo's. */
export const MILO = /milo|line.?check/i;
/** The answer to {@link ASK_ADDRESS}. */
export const ADDRESS = /(14|fourteen) willow street/i;
export const ASK_ADDRESS = 'What is your address?';
