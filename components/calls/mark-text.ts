// A mark of a call as text: for the conversation, its table, and the list of events.
import { useDisplayName } from '@/components/agents/agent-list';
import { useMessages } from '@/components/language/language';
import type { Mark } from '@/lib/calls/call';
import { callMessages } from '@/lib/messages/call';
import { catalogueMessages } from '@/lib/messages/main';

/** Names by identity. */
export type Names = ReadonlyMap<string, string>;

/** Describes a mark, without its time. */
export function useMarkText(names: Names): (mark: Mark) => string {
  const { describeEvent } = useMessages(callMessages);
  const nameOf = useDisplayName();
  const { reported } = useMessages(catalogueMessages);
  return (mark) => {
    if (mark.kind === 'turn') return `${mark.by}: ${mark.text}`;
    if (mark.kind === 'tool') return reported(mark.label ?? mark.tool);
    return describeEvent(mark.what, (identity) => nameOf(names.get(identity) ?? identity), nameOf);
  };
}

/** Describes a mark, with its time and measurements. */
export function useMarkDescription(names: Names): (mark: Mark) => string {
  const { callText } = useMessages(callMessages);
  const sentence = useMarkText(names);
  return (mark) => {
    if (mark.kind === 'turn') return callText.turn(mark);
    if (mark.kind === 'tool') return callText.tool(mark);
    return callText.at(mark.from, sentence(mark));
  };
}
