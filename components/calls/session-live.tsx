// What the session of an agent of another worker says about itself, as it arrives: rendered as text, and not stored.
import { useMemo } from 'react';
import { ToolCall } from '@/components/calls/tool-call';
import { useMessages } from '@/components/language/language';
import { Panel } from '@/components/ui/panel';
import { ScrollFrame } from '@/components/ui/scroll-frame';
import { type Store, useStore } from '@/components/ui/store';
import type { MessagesOf } from '@/lib/core/language';
import type { ReceivedMessage } from '@/lib/livekit/received-messages';
import { type SessionNews, sessionNews } from '@/lib/livekit/session-message';
import { callMessages } from '@/lib/messages/call';

const lastUsage = (newestFirst: readonly { readonly news: SessionNews }[]) =>
  newestFirst.findIndex(({ news }) => news.kind === 'usage');

interface SessionLiveProps {
  readonly messages: Store<readonly ReceivedMessage[]>;
}

/** The news of the last messages, the newest first, in a box of one size. Nothing if there are none. */
export function SessionLive({ messages }: SessionLiveProps) {
  const { session: words } = useMessages(callMessages).callText;
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
    <Panel title={words.title} className="mb-3">
      <ScrollFrame label={words.list} className="h-64">
        <ol className="grid gap-1.5">
          {all.map(({ key, at, news }) => (
            <li
              key={key}
              className="grid grid-cols-[4.6rem_minmax(0,1fr)] text-[14px] leading-snug"
            >
              <time
                dateTime={new Date(at).toISOString()}
                className="num text-[13px] text-muted-foreground"
              >
                {timeOf(at)}
              </time>
              <div className="min-w-0 [overflow-wrap:anywhere]">
                <News news={news} words={words} />
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

interface NewsProps {
  readonly news: SessionNews;
  readonly words: MessagesOf<typeof callMessages>['callText']['session'];
}

function News({ news, words }: NewsProps) {
  switch (news.kind) {
    case 'agent':
      return words.agent[news.state];
    case 'user':
      return words.user[news.state];
    case 'said':
      return (
        <span className={news.interrupted ? 'text-muted-foreground italic' : undefined}>
          {words.said(words.roles[news.role], news.text)}
          {news.interrupted && ' —'}
        </span>
      );
    case 'handoff':
      return words.handoff(news.to);
    case 'tools':
      return words.tools(news.added, news.removed);
    case 'tool':
      return <ToolCall {...news} label={news.tool} ms={undefined} />;
    case 'usage':
      return words.used(news.models.map(words.usage));
    case 'error':
      return <span className="text-stop-ink">{words.error(news.message)}</span>;
  }
}
