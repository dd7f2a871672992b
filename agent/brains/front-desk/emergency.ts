// Emergencies come before all else, however they are told, and stay one until the caller says that
// it is over: nothing that was not understood then is answered with opening hours.
import type { Reading } from './intents';
import { sayPhone } from './say';
import { reply, type State, type Step, type World } from './state';

export const EMERGENCY = new RegExp(
  `\\b(?:${[
    'emergency|heart attack|ambulance|overdose|a stroke|choking|seizure|poison(?:ed|ing)',
    'chest (?:pains?|hurts|is hurting|is tight)|pains? in (?:my|his|her|the) chest',
    "(?:can't|cant|cannot|can not) (?:really |properly )?breathe|not breathing|trouble breathing|isn't breathing",
    "unconscious|unresponsive|collapsed|passed out|(?:won't|wont|doesn't|does not|can't) (?:wake|respond)[a-z ]*",
    "bleeding (?:badly|heavily|a lot)|(?:won't|wont|doesn't|not) stop bleeding|bleeding (?:won't|doesn't) stop",
    '(?:swallowed|drank|drunk|ate|eaten) (?:\\w+ ){0,3}(?:powder|bleach|cleaner|detergent|pills|tablets|batter(?:y|ies)|medicine)',
    '(?:hit|hurt|banged) (?:my|his|her|the) head\\b.*\\b(?:confused|sick|sleepy|bleeding|dizzy)',
    // The recogniser writes "hit his head" as "it is head".
    '(?:fell|fallen|hit|head)\\b.*\\b(?:is|am|seems|feels) (?:so |very |quite )?(?:confused|drowsy|unconscious)',
    "suicid\\w*|kill myself|end my life|(?:don't|dont|do not) want to live|want(?:s)? to die",
  ].join('|')})`,
);

/** What tells that it is over, or that somebody sees to it. */
const OVER =
  /\b(?:better|all ?right|fine|awake|stopped|(?:just|only) (?:sleeping|joking|testing)|didn't mean|is over|they're here|they are here|arrived|on the(?:ir)? way|(?:is|am|are) calling|called them|no emergency|thank you|thanks)\b/;

/** What is said to a caller in need, and what to one who goes on about it. */
export function advise(world: World, again: boolean): string {
  const number = sayPhone(world.practice.emergencyNumber);
  return again
    ? `Please call ${number} now, they can tell you what to do and send somebody.`
    : `If this is an emergency, please hang up and call ${number} now.`;
}

/** The answer to who told of an emergency and now says something that is no request of its own. */
export function afterEmergency(state: State, reading: Reading, world: World): Step {
  if (!OVER.test(reading.plain)) return { say: [advise(world, true)], state };
  return reply(
    { ...state, urgent: false },
    'help',
    "I'm glad that you told me.",
    'Is there anything I can do for you?',
  );
}
