// What Frank keeps in mind during a call, and what one step of the conversation yields.
import type { Brief } from '@/lib/brief';
import type { Language } from '@/lib/language/language';
import type { Step as ConversationStep } from '../conversation';
import { type State as DeskState, START } from '../front-desk/state';
import { readInvoice as readGerman } from './german/topics';
import { readInvoice } from './topics';

/** What Frank keeps in mind: the front desk's state, and what is his own. */
export interface State {
  readonly desk: DeskState;
  readonly brief: Brief | undefined;
  /** Digits of the invoice that is spoken of. */
  readonly invoice?: string;
  /** Whether its number was asked for last. */
  readonly asksInvoice?: boolean;
  /** What the message that is offered would say. */
  readonly offers?: string;
}
export type Step = ConversationStep<State>;

/** What is in mind when the call begins for billing. */
export function start(brief: Brief | undefined, language: Language): State {
  if (brief?.kind !== 'handover') return { desk: START, brief };
  const { caller, summary } = brief;
  const read = language === 'de' ? readGerman : readInvoice;
  return { desk: { ...START, caller }, brief, invoice: read(summary) };
}
