// An invitation's page. Opening it, as mail programs do automatically, does not use the invitation.

import { headers } from 'next/headers';
import { notFound } from 'next/navigation';
import { visit } from '@/app/visit';
import { appConfig } from '@/app-config';
import { type Closed, JoinPage } from '@/components/join/join-page';
import { requestMessages } from '@/components/language/request-messages';
import { listedAgent } from '@/lib/agents/registry';
import { limitGuesses } from '@/lib/auth/attempts';
import { isProblem } from '@/lib/core/problem';
import { type InvitationView, readInvitation } from '@/lib/dispatch/invitations';
import { mainMessages } from '@/lib/messages/main';
import { server } from '@/lib/server';

export const generateMetadata = async () => ({
  title: (await requestMessages(mainMessages)).text.join.title,
  // Anyone with the address may join, so it must not leak.
  robots: { index: false },
});

const isClosed = (kind: string): kind is Closed => kind in mainMessages.en.text.join.closed;

async function see(invitation: string): Promise<InvitationView | Closed> {
  try {
    const look = () => readInvitation(server(), invitation);
    return await limitGuesses(server(), await headers(), look);
  } catch (error) {
    if (!isProblem(error)) throw error;
    return isClosed(error.kind) ? error.kind : 'unreachable';
  }
}

interface PageProps {
  readonly params: Promise<{ readonly invitation: string }>;
}

export default async function Page({ params }: PageProps) {
  if (!appConfig.features.invitations) notFound();
  await visit('/join/[invitation]');
  const { invitation } = await params;
  const seen = await see(invitation);
  const name = typeof seen === 'string' ? undefined : seen.agent;
  return (
    <JoinPage
      invitation={invitation}
      seen={seen}
      agent={name === undefined ? undefined : listedAgent(server(), name)}
      joinTimeoutMs={server().config.AGENT_JOIN_TIMEOUT_SECONDS * 1_000}
    />
  );
}
