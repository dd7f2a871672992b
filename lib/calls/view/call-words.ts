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

/** How a call ended; empty while it is in progress. */
export function endedText(call: CallSummary, t: Translate<'calls'>): string {
  const { endedBy, endReason } = call;
  const how = endedBy === 'caller' && endReason === CONNECTION_LOST ? 'cut off' : endedBy;
  return how ? t(`endings.${how}`) : '';
}

/** The title of a call of which nothing is known but who took part. */
function partsTitle(call: CallSummary, { t, locale, nameOf }: Wording): string {
  const agents = { agents: listed(call.agents.map(nameOf), locale), count: call.agents.length };
  if (call.endedAt !== undefined) return t('titles.call', agents);
  return t(call.joinedAt === undefined ? 'titles.waiting' : 'titles.talking', agents);
}

/** The title of a call: what it was about, else its outcome, else who took part. How it ended is beside it. */
export function callTitle(call: CallSummary, wording: Wording): string {
  const { t, locale, nameOf, outcomeLabel } = wording;
  if (call.topic) return call.topic.slice(0, 1).toLocaleUpperCase(locale) + call.topic.slice(1);
  if (call.endedAt === undefined || call.outcome === NO_OUTCOME) return partsTitle(call, wording);
  const [first = '', ...others] = call.agents.map(nameOf);
  const agent = first || t('titles.theAgent');
  if (call.outcome !== HANDED_OFF) return `${agent}: ${outcomeLabel(call.outcome)}`;
  return others.length > 0
    ? t('titles.handedOff', { agent, others: listed(others, locale) })
    : t('titles.handedOffAway', { agent });
}

/** "Jane Miller → Ada": the caller, and the agents. */
export function whoText(call: CallSummary, { t, locale, nameOf }: Omit<Wording, 'outcomeLabel'>) {
  const caller = callerName(call) ?? t('who.caller');
  return `${caller} → ${listed(call.agents.map(nameOf), locale) || t('who.agent')}`;
}
