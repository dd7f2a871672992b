// A call to the front desk in German, for the tests: the practice of practice.ts with a diary of its
// own.
import { BuiltInBrain } from '../../../built-in-brain';
import { newStore } from '../../../testing/desk';
import { NOW, practice } from '../../../testing/practice';
import { StillCall, Talk } from '../../../testing/talk';
import { frontDeskConversation } from '../../conversation';
import { deskTools } from '../../tools';

/** A new call. */
export function callDeskInGerman(store = newStore()): Talk {
  const call = new StillCall(NOW);
  const conversation = frontDeskConversation(practice, 'de');
  const definition = {
    tools: () => deskTools(call, practice, store),
    brain: () => new BuiltInBrain(conversation, () => call.now(), 'de'),
  };
  return new Talk(definition, call);
}
