// One call. The page updates itself while the call is active.

import { notFound } from 'next/navigation';
import { visit, visitor } from '@/app/visit';
import { CallView } from '@/components/calls/call-view';
import { CallsUnavailable } from '@/components/calls/calls-unavailable';
import { requestMessages } from '@/components/language/request-messages';
import { Queries } from '@/components/ui/queries';
import { agentNames } from '@/lib/agents/registry';
import { callsOf } from '@/lib/auth/permissions';
import { type CallDetail, callDetail } from '@/lib/calls/view/one-call';
import { nameInSegment } from '@/lib/core/path-segment';
import { isProblem, type Problem, toProblem } from '@/lib/core/problem';
import { callsMessages } from '@/lib/messages/calls';
import { server } from '@/lib/server';

export const dynamic = 'force-dynamic';

interface CallPageProps {
  readonly params: Promise<{ readonly id: string }>;
}

/** The call, or the problem: it does not exist, or the database does not respond. */
async function find(id: string): Promise<CallDetail | Problem> {
  try {
    return await callDetail(
      server(),
      nameInSegment(decodeURIComponent(id)),
      callsOf(await visitor()),
    );
  } catch (error) {
    return toProblem(error);
  }
}

export async function generateMetadata({ params }: CallPageProps) {
  const detail = await find((await params).id);
  const { callsText, callTitle } = await requestMessages(callsMessages);
  return {
    title: isProblem(detail) ? callsText.title : callTitle(detail.call, agentNames(server())),
  };
}

export default async function CallPage({ params }: CallPageProps) {
  const { id } = await params;
  await visit('/calls/[id]', `/calls/${id}`);
  const detail = await find(id);
  if (isProblem(detail) && detail.kind === 'unknown-call') notFound();
  return (
    <main id="main" className="mx-auto w-full max-w-[76rem] flex-1 px-4 py-5 sm:px-7 lg:py-7">
      {isProblem(detail) ? (
        <CallsUnavailable why={detail.detail} />
      ) : (
        <Queries>
          <CallView
            key={detail.call.id}
            first={detail}
            servedAt={Date.now()}
            listenersShown={server().config.LISTEN_IN === 'shown'}
          />
        </Queries>
      )}
    </main>
  );
}
