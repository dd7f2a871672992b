// A front desk for the tests: the practice of practice.ts with a diary of its own.
import { MemoryDesk } from '@/lib/testing/memory-desk';
import { BuiltInBrain } from '../built-in-brain';
import { frontDeskConversation } from '../front-desk/conversation';
import { deskTools } from '../front-desk/tools';
import { NOW, practice } from './practice';
import { StillCall, Talk } from './talk';

export const newStore = () => new MemoryDesk();

/** Ada's definition over that practice and diary. */
export function desk(store: MemoryDesk) {
  return {
    tools: (call: StillCall) => deskTools(call, practice, store),
    brain: (call: StillCall) => new BuiltInBrain(frontDeskConversation(practice), () => call.now()),
  };
}

/** A new call to the front desk. */
export function callDesk(store = newStore(), now = NOW): Talk {
  return new Talk(desk(store) as ConstructorParameters<typeof Talk>[0], new StillCall(now));
}
