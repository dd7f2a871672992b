// The rollout of an agent.
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { type ComponentProps, Suspense } from 'react';
import { visit } from '@/app/visit';
import { RolloutView } from '@/components/rollouts/rollout-view';
import { PageLoading } from '@/components/shell/page-loading';
import { PageShell } from '@/components/shell/page-shell';
import { listedAgents } from '@/lib/agents/registry';
import { hasPermission } from '@/lib/auth/permissions';
import { nameInParam } from '@/lib/core/path-segment';
import { rolloutOverview } from '@/lib/rollouts/overview';
import { server } from '@/lib/server';

interface RolloutPageProps {
  readonly params: Promise<{ readonly name: string }>;
}

/** The agent in the URL. */
async function agentOf(params: RolloutPageProps['params']) {
  const name = nameInParam((await params).name);
  return listedAgents(server()).find((one) => one.name === name);
}

export async function generateMetadata({ params }: RolloutPageProps) {
  const t = await getTranslations('rollouts');
  return { title: t('title', { person: (await agentOf(params))?.person ?? '' }) };
}

async function Rollout(props: Omit<ComponentProps<typeof RolloutView>, 'first'>) {
  // If the database is unavailable, the page requests the route, which gives the reason.
  const first = await rolloutOverview(server(), props.agent).catch(() => undefined);
  return <RolloutView {...props} first={first} />;
}

export default async function RolloutPage({ params }: RolloutPageProps) {
  const { name } = await params;
  const who = await visit('/agents/[name]/rollout', `/agents/${name}/rollout`);
  const agent = await agentOf(params);
  if (!agent) notFound();
  const t = await getTranslations();
  return (
    <PageShell
      width="wide"
      back={{ href: '/agents', label: t('agents.title') }}
      title={
        <span className="[overflow-wrap:anywhere]">
          {t('rollouts.title', { person: agent.person })}
        </span>
      }
      lead={t('rollouts.lead')}
      messages={['agents', 'catalogue', 'rollouts', 'scenarios']}
    >
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
    </PageShell>
  );
}
