// What belongs to a call and stands in the metadata of its dispatches: another dispatch into the same
// room has it as well, unless it says otherwise.
import { keepLanguage } from './caller-language';
import { keepCaller } from './known-caller';
import { keepLetta } from './letta-choice';

/** A dispatch that was there before. */
interface Earlier {
  readonly agentName: string;
  readonly metadata: string;
}

/** The metadata for another dispatch of `agent`: with the call's language and caller, and the agent's own choice. */
export function keepCall(metadata: string, agent: string, earlier: readonly Earlier[]): string {
  const own = earlier.filter(({ agentName }) => agentName === agent);
  return keepCaller(keepLanguage(keepLetta(metadata, own), earlier), earlier);
}
