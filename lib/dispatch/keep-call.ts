// Metadata that belongs to the call rather than to one dispatch. Another dispatch into the same room inherits
// it, unless it sets its own.
import { keepLanguage } from './caller-language';
import { keepCaller } from './known-caller';
import { keepLetta } from './letta-choice';

/** An earlier dispatch. */
interface Earlier {
  readonly agentName: string;
  readonly metadata: string;
}

/** Metadata for another dispatch of `agent`: with the call's language and caller, and the agent's Letta choice. */
export function keepCall(metadata: string, agent: string, earlier: readonly Earlier[]): string {
  const own = earlier.filter(({ agentName }) => agentName === agent);
  return keepCaller(keepLanguage(keepLetta(metadata, own), earlier), earlier);
}
