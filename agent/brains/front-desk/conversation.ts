// The front desk's dialogue as a conversation of the built-in brain: facts and clock put in.
import type { Conversation } from '../conversation';
import { type Said, unrepeated } from '../unrepeated';
import { clockOf } from './calendar';
import { hear, told } from './dialogue';
import type { Practice } from './facts';
import { START, type State } from './state';

/** The conversation of a practice's front desk. */
export function frontDeskConversation(practice: Practice): Conversation<Said<State>> {
  const world = (now: Date) => ({ practice, clock: clockOf(now, practice.timeZone) });
  return unrepeated({
    start: START,
    hear: (state, text, now) => hear(state, text, world(now)),
    told: (state, use, output, failed, now) => told(state, use, output, failed, world(now)),
  });
}
