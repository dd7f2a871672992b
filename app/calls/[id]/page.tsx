// One call. The page updates itself while the call is active.
import { notFound } from 'next/navigation';
import { getLocale, getTranslations } from 'next-intl/server';
import { cache } from 'react';
import { visit, visitor } from '@/app/visit';
import { CallView } from '@/components/calls/call-view';
import { CallsUnavailable } from '@/components/calls/calls-unavailable';
import { PageShell } from '@/components/shell/page-shell';
import { agentNames } from '@/lib/agents/registry';
import { callsOf } from '@/lib/auth/permissions';
import { callTitle } from '@/lib/calls/view/call-words';
import { type CallDetail, callDetail } from '@/lib/calls/view/one-call';
import { nameInParam } from '@/lib/core/path-segment';
import { isProblem, type Problem, toProblem } from '@/lib/core/problem';
import { catalogueWords } from '@/lib/messages/catalogue';
import { server } from '@/lib/server';

/** Subjects of the messages of the call, its events, and the controls of a call in progress. */
const MESSAGES = [
  'callDetails',
  'calls',
  'stages',
  'endReasons',
  'catalogue',
  'toolCall',
  'whyNobody',
  'caller',
  'listen',
  'whisper',
] as const;

interface CallPageProps {
  readonly params: Promise<{ readonly id: string }>;
}

/** The call, read once for all parts of the page, or the problem: it does not exist, or the database does not respond. */
const find = cache(async (id: string): Promise<CallDetail | Problem> => {
  try {
    return await callDetail(server(), nameInParam(id), callsOf(await visitor()));
  } catch (error) {
    const problem = toProblem(error);
    if (problem.kind === 'internal') throw error;
    return problem;
  }
});

export async function generateMetadata({ params }: CallPageProps) {
  const detail = await find((await params).id);
  const t = await getTranslations('calls');
  if (isProblem(detail)) return { title: t('title') };
  const locale = await getLocale();
  const { outcomeLabel } = catalogueWords(await getTranslations('catalogue'), locale);
  const nameOf = agentNames(server());
  return { title: callTitle(detail.call, { t, locale, nameOf, outcomeLabel }) };
}

export default async function CallPage({ params }: CallPageProps) {
  const { id } = await params;
  await visit('/calls/[id]', `/calls/${id}`);
  const detail = await find(id);
  if (isProblem(detail) && detail.kind === 'unknown-call') notFound();
  return (
    <PageShell width="wide" messages={MESSAGES}>
      {isProblem(detail) ? (
        <CallsUnavailable why={detail.detail} />
      ) : (
        <CallView
          key={detail.call.id}
          first={detail}
          servedAt={Date.now()}
          listenersShown={server().config.LISTEN_IN === 'shown'}
        />
      )}
    </PageShell>
  );
}
