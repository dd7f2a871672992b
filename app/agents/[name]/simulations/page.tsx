// Simulations of an agent: choose scenarios, run them, watch, and see earlier results.
import { notFound } from 'next/navigation';
import { Suspense } from 'react';
import { type AgentProps, agentOf, titleOf } from '@/app/agents/[name]/agent';
import { visit } from '@/app/visit';
import { PageMessages } from '@/components/language/messages';
import { PageLoading } from '@/components/shell/page-loading';
import { SimulationsView } from '@/components/simulations/simulations-view';
import { server } from '@/lib/server';
import { simulationsOverview } from '@/lib/simulations/simulations';

export const generateMetadata = ({ params }: AgentProps) => titleOf(params, 'simulations');

async function Simulations({ agent }: { readonly agent: string }) {
  // If the database is unavailable, the page requests the route, which gives the reason.
  const first = await simulationsOverview(server()).catch(() => undefined);
  return <SimulationsView agent={agent} first={first} />;
}

export default async function SimulationsPage({ params }: AgentProps) {
  const { name } = await params;
  await visit('/agents/[name]/simulations', `/agents/${name}/simulations`);
  const agent = await agentOf(params);
  if (!agent) notFound();
  return (
    <PageMessages of={['simulations', 'scenarios', 'catalogue']}>
      <Suspense fallback={<PageLoading />}>
        <Simulations agent={agent.name} />
      </Suspense>
    </PageMessages>
  );
}
