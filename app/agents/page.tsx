// The agents: their live deployments and call statistics, production beside staging.
// `/agents?window=hour|day|week`; a day by default.
import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { Suspense } from 'react';
import { here, visit } from '@/app/visit';
import { AgentsView } from '@/components/agents/agents-view';
import { PageLoading } from '@/components/shell/page-loading';
import { PageShell } from '@/components/shell/page-shell';
import { currentAgents, unlistedAgents } from '@/lib/agents/status';
import { recentStats } from '@/lib/calls/store/read-stats';
import { WINDOWS, type WindowName } from '@/lib/calls/view/agent-stats';
import * as features from '@/lib/features';
import { server } from '@/lib/server';

export const generateMetadata = async () => ({ title: (await getTranslations('agents'))('title') });

const LINK = 'inline-flex min-h-11 items-center font-medium text-base underline underline-offset-3';

/** The agents with their figures. */
async function Agents({ window }: { readonly window: WindowName }) {
  // If the database is unavailable, the page requests the route, which gives the reason.
  const first = await recentStats(server(), window).catch(() => undefined);
  return (
    <AgentsView
      window={window}
      first={first}
      agents={currentAgents(server())}
      unlisted={unlistedAgents(server())}
    />
  );
}

type Query = Promise<Record<string, string | string[] | undefined>>;

export default async function AgentsPage({ searchParams }: { readonly searchParams: Query }) {
  await visit('/agents', here('/agents', await searchParams));
  const t = await getTranslations();
  const asked = (await searchParams).window;
  return (
    <PageShell
      width="wide"
      title={t('agents.title')}
      lead={t('agents.lead')}
      messages={['agents', 'catalogue', 'models']}
    >
      <p className="mt-2 flex flex-wrap gap-x-6">
        {'simulations' in features && (
          <Link href="/simulations" className={LINK}>
            {t('simulations.link')}
          </Link>
        )}
        {'telephony' in features && server().config.LIVEKIT_SIP_OUTBOUND_TRUNK && (
          <Link href="/telephone" className={LINK}>
            {t('telephony.link')}
          </Link>
        )}
      </p>
      <Suspense fallback={<PageLoading />}>
        <Agents window={WINDOWS.find((one) => one === asked) ?? 'day'} />
      </Suspense>
    </PageShell>
  );
}
