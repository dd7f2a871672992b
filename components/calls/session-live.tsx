// What the session of an agent of another worker says about itself, as it arrives: rendered as text, and not stored.
import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { ToolCall } from '@/components/calls/tool-call';
import { Panel } from '@/components/ui/panel';
import { ScrollFrame } from '@/components/ui/scroll-frame';
import { type Store, useStore } from '@/components/ui/store';
import type { ReceivedMessage } from '@/lib/livekit/received-messages';
import { type SessionNews, sessionNews, type Used } from '@/lib/livekit/session-message';
import type { Translate } from '@/lib/messages/messages';

const lastUsage = (newestFirst: readonly { readonly news: SessionNews }[]) =>
  newestFirst.findIndex(({ news }) => news.kind === 'usage');

interface SessionLiveProps {
  readonly messages: Store<readonly ReceivedMessage[]>;
}

/** The news of the last messages, the newest first, in a box of one size. Nothing if there are none. */
export function SessionLive({ messages }: SessionLiveProps) {
  const t = useTranslations('callDetails.session');
  const received = useStore(messages);
  const all = useMemo(
    () =>
      received
        .flatMap(({ id, at, bytes }) =>
          sessionNews(bytes).map((news, part) => ({ key: `${id} ${part}`, at, news })),
        )
        .toReversed()
        // It counts from the beginning of the session.
        .filter(({ news }, index, list) => news.kind !== 'usage' || lastUsage(list) === index),
    [received],
  );
  if (all.length === 0) return null;
  return (
    <Panel title={t('title')} className="mb-3">
      <ScrollFrame label={t('list')} className="h-64">
        <ol className="grid gap-1.5">
          {all.map(({ key, at, news }) => (
            <li key={key} className="grid grid-cols-[4.6rem_minmax(0,1fr)] text-sm leading-snug">
              <time
                dateTime={new Date(at).toISOString()}
                className="num text-sm text-muted-foreground"
              >
                {timeOf(at)}
              </time>
              <div className="min-w-0 [overflow-wrap:anywhere]">
                <News news={news} />
              </div>
            </li>
          ))}
        </ol>
      </ScrollFrame>
    </Panel>
  );
}

/** Hours, minutes and seconds on this machine. */
const timeOf = (at: number) => new Date(at).toTimeString().slice(0, 8);

type Words = Translate<'callDetails'>;

/** Which tools a session has got and lost; if none, its instructions changed. */
function toolsText({ added, removed }: Extract<SessionNews, { kind: 'tools' }>, t: Words): string {
  const parts = [
    added.length > 0 && t('session.toolsAdded', { tools: added.join(', ') }),
    removed.length > 0 && t('session.toolsRemoved', { tools: removed.join(', ') }),
  ];
  return parts.filter(Boolean).join('. ') || t('session.instructionsChanged');
}

/** A model, and what it used. */
function usageText({ model, ...used }: Used, t: Words): string {
  const amounts = (['inputTokens', 'outputTokens', 'characters'] as const).map((amount) => {
    const count = used[amount];
    return count !== undefined && t(`usage.amounts.${amount}`, { count });
  });
  return [model || t('usage.unnamed'), ...amounts].filter(Boolean).join(' · ');
}

interface NewsProps {
  readonly news: SessionNews;
}

function News({ news }: NewsProps) {
  const t = useTranslations('callDetails');
  switch (news.kind) {
    case 'agent':
      return t(`session.agent.${news.state}`);
    case 'user':
      return t(`session.user.${news.state}`);
    case 'said':
      return (
        <span className={news.interrupted ? 'text-muted-foreground italic' : undefined}>
          {t('session.said', { role: t(`session.roles.${news.role}`), text: news.text })}
          {news.interrupted && ' —'}
        </span>
      );
    case 'handoff':
      return t('session.handoff', { to: news.to });
    case 'tools':
      return toolsText(news, t);
    case 'tool':
      return <ToolCall {...news} label={news.tool} ms={undefined} />;
    case 'usage':
      return t('session.used', {
        models: news.models.map((used) => usageText(used, t)).join('; '),
      });
    case 'error':
      return <span className="text-stop-ink">{t('session.error', { message: news.message })}</span>;
  }
}
