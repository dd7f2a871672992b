// An invitation's page. Opening it, as mail programs do automatically, does not use the invitation.

import { headers } from 'next/headers';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { startProps } from '@/app/start-props';
import { visit } from '@/app/visit';
import { appConfig } from '@/app-config';
import { type Closed, JoinPage } from '@/components/join/join-page';
import { CALL, PageMessages } from '@/components/language/messages';
import { listedAgent } from '@/lib/agents/registry';
import { limitGuesses } from '@/lib/auth/attempts';
import { isProblem } from '@/lib/core/problem';
import { type InvitationView, readInvitation } from '@/lib/dispatch/invitations';
import { messagesIn } from '@/lib/messages/messages';
import { server } from '@/lib/server';

export const generateMetadata = async () => ({
  title: (await getTranslations('join'))('title'),
  // Anyone with the address may join, so it must not leak.
  robots: { index: false },
});

const isClosed = (kind: string): kind is Closed => kind in messagesIn('en').join.closed;

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
    <PageMessages of={['join', ...CALL]}>
      <JoinPage
        invitation={invitation}
        seen={seen}
        agent={name === undefined ? undefined : listedAgent(server(), name)}
        start={startProps(server().config)}
      />
    </PageMessages>
  );
}
