// The frame of an agent's pages: its name, the way back, and the tabs.
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { type AgentProps, agentOf } from '@/app/agents/[name]/agent';
import { visitor } from '@/app/visit';
import { AgentTabs, AgentTitle } from '@/components/agents/agent-heading';
import { PageShell } from '@/components/shell/page-shell';
import { PAGES } from '@/lib/auth/pages';
import { hasPermission } from '@/lib/auth/permissions';

interface AgentLayoutProps extends AgentProps {
  readonly children: ReactNode;
}

export default async function AgentLayout({ params, children }: AgentLayoutProps) {
  // Its pages send others to sign in, and back to themselves.
  if (!hasPermission(await visitor(), PAGES['/agents/[name]'])) return children;
  const agent = await agentOf(params);
  if (!agent) notFound();
  const t = await getTranslations('agents');
  return (
    <PageShell
      width="wide"
      back={{ href: '/agents', label: t('title') }}
      title={<AgentTitle name={agent.name} />}
      messages={['agents', 'catalogue', 'models']}
    >
      <AgentTabs name={agent.name} />
      {children}
    </PageShell>
  );
}
