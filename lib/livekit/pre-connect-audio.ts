// What worker and page agree on about words said before the agent was there. The page keeps them and
// LiveKit's client sends them; when the agent hears the live sound, it says so, and no more is kept.

/** Topic of the empty message with which an agent tells a caller's page that its live sound has come. */
export const HEARD_TOPIC = 'callboard.heard';
