// The rollout of an agent.

import { notFound } from 'next/navigation';
import { visit } from '@/app/visit';
import { requestMessages } from '@/components/language/request-messages';
import { RolloutView } from '@/components/rollouts/rollout-view';
import { BackLink } from '@/components/ui/back-link';
import { Queries } from '@/components/ui/queries';
import { listedAgents } from '@/lib/agents/registry';
import { hasPermission } from '@/lib/auth/permissions';
import { agentsMessages } from '@/lib/messages/agents';
import { rolloutsMessages } from '@/lib/rollouts/messages';
import { rolloutOverview } from '@/lib/rollouts/overview';
import { server } from '@/lib/server';

export const dynamic = 'force-dynamic';

interface RolloutPageProps {
  readonly params: Promise<{ readonly name: string }>;
}

/** The agent in the URL, which may be encoded. */
async function agentOf(params: RolloutPageProps['params']) {
  const { name } = await params;
  const all = listedAgents(server());
  // Not decoded: Next.js passes it decoded in some cases, and decoding twice may fail.
  return all.find((one) => [one.name, encodeURIComponent(one.name)].includes(name));
}

export async function generateMetadata({ params }: RolloutPageProps) {
  const { rolloutText } = await requestMessages(rolloutsMessages);
  return { title: rolloutText.title((await agentOf(params))?.person ?? '') };
}

export default async function RolloutPage({ params }: RolloutPageProps) {
  const { name } = await params;
  const who = await visit('/agents/[name]/rollout', `/agents/${name}/rollout`);
  const agent = await agentOf(params);
  if (!agent) notFound();
  const { rolloutText } = await requestMessages(rolloutsMessages);
  const { agentsText } = await requestMessages(agentsMessages);
  // If the database is unavailable, the page requests the route, which gives the reason.
  const first = await rolloutOverview(server(), agent.name).catch(() => undefined);
  return (
    // Versions may be as long as a commit hash.
    <main
      id="main"
      className="mx-auto w-full max-w-[72rem] flex-1 px-4 py-8 [overflow-wrap:anywhere] sm:px-7 lg:py-12"
    >
      <BackLink href="/agents" label={agentsText.title} />
      <h1 className="text-[34px] leading-tight">{rolloutText.title(agent.person)}</h1>
      <p className="mt-1 text-[16px] text-muted-foreground">{rolloutText.lead}</p>
      <Queries>
        <RolloutView
          agent={agent.name}
          person={agent.person}
          permissions={{ run: hasPermission(who, 'dispatch'), decide: hasPermission(who, 'rules') }}
          first={first}
        />
      </Queries>
    </main>
  );
}
