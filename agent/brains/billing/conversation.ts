// The dialogue of billing as a conversation of the built-in brain, with its tools: facts, clock and
// what the agent was told put in.
import type { llm } from '@livekit/agents';
import type { Brief } from '@/lib/brief';
import type { InLanguages, Language } from '@/lib/language/language';
import type { CallHandle } from '../../agent-definition';
import type { Conversation } from '../conversation';
import { endCallTool } from '../end-call';
import { clockOf } from '../front-desk/calendar';
import type { Practice } from '../front-desk/facts';
import { takeMessageTool } from '../front-desk/tools';
import { type GoingOn, goingOn } from '../going-on';
import { type Said, unrepeated } from '../unrepeated';
import * as english from './dialogue';
import * as german from './german/dialogue';
import { type State, start } from './state';

const DIALOGUES: InLanguages<Pick<typeof english, 'hear' | 'told'>> = { en: english, de: german };

/** The conversation of a practice's billing with a caller of whom it was told that. */
export function billingConversation(
  practice: Practice,
  brief: Brief | undefined,
  language: Language = 'en',
): Conversation<GoingOn<Said<State>>> {
  const { hear, told } = DIALOGUES[language];
  const conversation: Conversation<State> = {
    start: start(brief, language),
    hear: (state, text, now) =>
      hear(state, text, { practice, clock: clockOf(now, practice.timeZone) }),
    told: (state, use, _, failed) => told(state, use, failed),
  };
  return goingOn(unrepeated(conversation, language));
}

/** Billing's tools in that call: its messages lie with the front desk's. */
export function billingTools(call: CallHandle, desk = call.desk): llm.ToolContextEntry[] {
  return [takeMessageTool(call, desk), endCallTool(call)];
}
