// A call to billing for the tests: the practice of practice.ts, with a desk of its own.
import type { Brief } from '@/lib/brief';
import type { Language } from '@/lib/language/language';
import { billingConversation, billingTools } from '../billing/conversation';
import { BuiltInBrain } from '../built-in-brain';
import { newStore } from './desk';
import { NOW, practice } from './practice';
import { StillCall, Talk } from './talk';

/** A new call, told that brief. */
export function callBilling(brief?: Brief, store = newStore(), language: Language = 'en'): Talk {
  const call = new StillCall(NOW);
  call.language = language;
  call.brief = brief;
  const definition = {
    tools: () => billingTools(call, store),
    brain: () =>
      new BuiltInBrain(billingConversation(practice, brief, language), () => call.now(), language),
  };
  return new Talk(definition, call);
}
