// The rollout of an agent.
import { notFound } from 'next/navigation';
import { type ComponentProps, Suspense } from 'react';
import { type AgentProps, agentOf, titleOf } from '@/app/agents/[name]/agent';
import { visit } from '@/app/visit';
import { PageMessages } from '@/components/language/messages';
import { RolloutView } from '@/components/rollouts/rollout-view';
import { PageLoading } from '@/components/shell/page-loading';
import { hasPermission } from '@/lib/auth/permissions';
import { rolloutOverview } from '@/lib/rollouts/overview';
import { server } from '@/lib/server';

export const generateMetadata = ({ params }: AgentProps) => titleOf(params, 'rollout');

async function Rollout(props: Omit<ComponentProps<typeof RolloutView>, 'first'>) {
  // If the database is unavailable, the page requests the route, which gives the reason.
  const first = await rolloutOverview(server(), props.agent).catch(() => undefined);
  return <RolloutView {...props} first={first} />;
}

export default async function RolloutPage({ params }: AgentProps) {
  const { name } = await params;
  const who = await visit('/agents/[name]/rollout', `/agents/${name}/rollout`);
  const agent = await agentOf(params);
  if (!agent) notFound();
  return (
    <PageMessages of={['agents', 'catalogue', 'rollouts', 'scenarios']}>
      {/* Versions may be as long as a commit hash. */}
      <div className="[overflow-wrap:anywhere]">
        <Suspense fallback={<PageLoading />}>
          <Rollout
            agent={agent.name}
            person={agent.person}
            permissions={{
              run: hasPermission(who, 'dispatch'),
              decide: hasPermission(who, 'rules'),
            }}
          />
        </Suspense>
      </div>
    </PageMessages>
  );
}
