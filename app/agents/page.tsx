// The agents: their live deployments and call statistics, production beside staging.
// `/agents?window=hour|day|week`; a day by default.

import Link from 'next/link';
import { here, visit } from '@/app/visit';
import { AgentsView } from '@/components/agents/agents-view';
import { requestMessages } from '@/components/language/request-messages';
import { Queries } from '@/components/ui/queries';
import { currentAgents, unlistedAgents } from '@/lib/agents/status';
import { recentStats } from '@/lib/calls/store/read-stats';
import { WINDOWS } from '@/lib/calls/view/agent-stats';
import * as features from '@/lib/features';
import { agentsMessages } from '@/lib/messages/agents';
import { simulationsMessages } from '@/lib/messages/simulations';
import { telephonyMessages } from '@/lib/messages/telephony';
import { server } from '@/lib/server';

export const dynamic = 'force-dynamic';
export const generateMetadata = async () => ({
  title: (await requestMessages(agentsMessages)).agentsText.title,
});

const LINK =
  'inline-flex min-h-11 items-center font-medium text-[15px] underline underline-offset-3';

type Query = Promise<Record<string, string | string[] | undefined>>;

export default async function AgentsPage({ searchParams }: { readonly searchParams: Query }) {
  await visit('/agents', here('/agents', await searchParams));
  const { agentsText } = await requestMessages(agentsMessages);
  const { simulationsText } = await requestMessages(simulationsMessages);
  const { telephonyText } = await requestMessages(telephonyMessages);
  const asked = (await searchParams).window;
  const name = WINDOWS.find((one) => one === asked) ?? 'day';
  // If the database is unavailable, the page requests the route, which gives the reason.
  const first = await recentStats(server(), name).catch(() => undefined);
  return (
    <main id="main" className="mx-auto w-full max-w-[72rem] flex-1 px-4 py-8 sm:px-7 lg:py-12">
      <h1 className="text-[34px] leading-tight">{agentsText.title}</h1>
      <p className="mt-1 text-[16px] text-muted-foreground">{agentsText.lead}</p>
      <p className="mt-2 flex flex-wrap gap-x-6">
        {'simulations' in features && (
          <Link href="/simulations" className={LINK}>
            {simulationsText.link}
          </Link>
        )}
        {'telephony' in features && server().config.LIVEKIT_SIP_OUTBOUND_TRUNK && (
          <Link href="/telephone" className={LINK}>
            {telephonyText.link}
          </Link>
        )}
      </p>
      <Queries>
        <AgentsView
          window={name}
          first={first}
          agents={currentAgents(server())}
          unlisted={unlistedAgents(server())}
        />
      </Queries>
    </main>
  );
}
