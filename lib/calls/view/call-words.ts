// Who talks with whom in a call, what came of it and how it ended, in words: for lists, titles and exported transcripts.
import { type CallSummary, CONNECTION_LOST, callerName } from '@/lib/calls/call';
import { listed } from '@/lib/core/format';
import { HANDED_OFF, NO_OUTCOME } from '@/lib/core/outcome';
import type { CatalogueWords } from '@/lib/messages/catalogue';
import type { Translate } from '@/lib/messages/messages';

/** Returns the display name of an agent. */
export type NameOf = (agent: string) => string;

/** What words about calls are made with. */
export interface Wording extends Pick<CatalogueWords, 'outcomeLabel'> {
  readonly t: Translate<'calls'>;
  readonly locale: string;
  readonly nameOf: NameOf;
}

/** The key of the words for how a call ended; undefined while it is in progress. */
const ending = ({ endedBy, endReason }: CallSummary) =>
  endedBy === 'caller' && endReason === CONNECTION_LOST ? 'cut off' : endedBy;

/** How a call ended; empty while it is in progress. */
export function endedText(call: CallSummary, t: Translate<'calls'>): string {
  const how = ending(call);
  return how ? t(`endings.${how}`) : '';
}

/** The title of a call that has no outcome. */
function endTitle(call: CallSummary, { t, locale, nameOf }: Wording): string {
  const how = ending(call) ?? (call.joinedAt === undefined ? 'waiting' : 'talking');
  const caller = callerName(call);
  return t(`titles.${how}`, {
    caller: caller ?? '',
    named: String(caller !== undefined),
    agents: listed(call.agents.map(nameOf), locale),
    count: call.agents.length,
  });
}

/** The title of a call: its outcome, or how it ended. */
export function callTitle(call: CallSummary, wording: Wording): string {
  const { t, locale, nameOf, outcomeLabel } = wording;
  if (call.endedAt === undefined || call.outcome === NO_OUTCOME) return endTitle(call, wording);
  const [first = '', ...others] = call.agents.map(nameOf);
  const agent = first || t('titles.theAgent');
  if (call.outcome !== HANDED_OFF) return `${agent}: ${outcomeLabel(call.outcome)}`;
  return others.length > 0
    ? t('titles.handedOff', { agent, others: listed(others, locale) })
    : t('titles.handedOffAway', { agent });
}

/** "Jane Miller → Ada": the caller, and the agents. */
export function whoText(call: CallSummary, { t, locale, nameOf }: Omit<Wording, 'outcomeLabel'>) {
  const { origin, agents } = call;
  const inBrowser = origin === 'page' || origin === 'embed';
  const caller = callerName(call) ?? t(inBrowser ? 'who.browser' : 'who.unknown');
  return `${caller} → ${listed(agents.map(nameOf), locale) || t('who.agent')}`;
}
