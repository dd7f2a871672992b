// A call to billing for the tests: the practice of practice.ts, with a desk of its own.
import type { Brief } from '@/lib/brief';
import { billingConversation, billingTools } from '../billing/conversation';
import { BuiltInBrain } from '../built-in-brain';
import { newStore } from './desk';
import { NOW, practice } from './practice';
import { StillCall, Talk } from './talk';

/** A new call, told that brief. */
export function callBilling(brief?: Brief, store = newStore()): Talk {
  const call = new StillCall(NOW);
  call.brief = brief;
  const definition = {
    tools: () => billingTools(call, store),
    brain: () => new BuiltInBrain(billingConversation(practice, brief), () => call.now()),
  };
  return new Talk(definition, call);
}
