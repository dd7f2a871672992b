// The agents: which are on, and their calls of a week. Each has a page of its own.
import { getTranslations } from 'next-intl/server';
import { Suspense } from 'react';
import { agentsNow, statsOf } from '@/app/agents/[name]/agent';
import { visit } from '@/app/visit';
import { AgentsView } from '@/components/agents/agents-view';
import { PageLoading } from '@/components/shell/page-loading';
import { PageShell } from '@/components/shell/page-shell';

export const generateMetadata = async () => ({ title: (await getTranslations('agents'))('title') });

/** The agents with their figures. */
const Agents = async () => <AgentsView first={await statsOf('week')} {...agentsNow()} />;

export default async function AgentsPage() {
  await visit('/agents');
  const t = await getTranslations('agents');
  return (
    <PageShell width="wide" title={t('title')} lead={t('lead')} messages={['agents', 'catalogue']}>
      <Suspense fallback={<PageLoading />}>
        <Agents />
      </Suspense>
    </PageShell>
  );
}
