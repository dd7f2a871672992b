// The front desk's dialogue as a conversation of the built-in brain: facts and clock put in, in the
// language of the call.
import type { InLanguages, Language } from '@/lib/language/language';
import type { Conversation } from '../conversation';
import { type GoingOn, goingOn } from '../going-on';
import { type Said, unrepeated } from '../unrepeated';
import { clockOf } from './calendar';
import * as english from './dialogue';
import type { Practice } from './facts';
import type { Dialogue } from './frame';
import * as german from './german/dialogue';
import { START, type State } from './state';

const DIALOGUES: InLanguages<Dialogue> = { en: english, de: german };

/** The conversation of a practice's front desk. */
export function frontDeskConversation(
  practice: Practice,
  language: Language = 'en',
): Conversation<GoingOn<Said<State>>> {
  const { hear, told } = DIALOGUES[language];
  const world = (now: Date) => ({ practice, clock: clockOf(now, practice.timeZone) });
  const dialogue: Conversation<State> = {
    start: START,
    hear: (state, text, now) => hear(state, text, world(now)),
    told: (state, use, output, failed, now) => told(state, use, output, failed, world(now)),
  };
  return goingOn(unrepeated(dialogue, language));
}
