// The agents: who is on now, and how their calls went, production beside staging.
// `/agents?window=hour|day|week`; a day where nothing, or nothing known, is asked for.
import Link from 'next/link';
import { AgentsView } from '@/components/agents/agents-view';
import { texts } from '@/components/language/request-language';
import { WINDOWS } from '@/lib/calls/view/agent-stats';
import { recentStats } from '@/lib/calls/view/recent-stats';
import { serverConfig } from '@/lib/core/server-config';
import { currentAgents } from '@/lib/livekit/workers';
import { agentsTexts } from '@/lib/messages/agents';
import { rehearsalsTexts } from '@/lib/messages/rehearsals';
import { telephoneTexts } from '@/lib/messages/telephone';
import { here, visit } from '../visit';

export const dynamic = 'force-dynamic';
export const generateMetadata = async () => ({
  title: (await texts(agentsTexts)).agentsText.title,
});

const LINK =
  'inline-flex min-h-11 items-center font-medium text-[15px] underline underline-offset-3';

type Query = Promise<Record<string, string | string[] | undefined>>;

export default async function AgentsPage({ searchParams }: { readonly searchParams: Query }) {
  await visit('/agents', here('/agents', await searchParams));
  const { agentsText } = await texts(agentsTexts);
  const { rehearsalsText } = await texts(rehearsalsTexts);
  const { telephoneText } = await texts(telephoneTexts);
  const asked = (await searchParams).window;
  const name = WINDOWS.find((one) => one === asked) ?? 'day';
  // Where the database is away the page asks the route, which says why.
  const first = await recentStats(name).catch(() => undefined);
  return (
    <main id="main" className="mx-auto w-full max-w-[72rem] flex-1 px-4 py-8 sm:px-7 lg:py-12">
      <h1 className="text-[34px] leading-tight">{agentsText.title}</h1>
      <p className="mt-1 text-[16px] text-soft">{agentsText.lead}</p>
      <p className="mt-2 flex flex-wrap gap-x-6">
        <Link href="/rehearsals" className={LINK}>
          {rehearsalsText.link}
        </Link>
        {serverConfig().SIP_OUTBOUND_TRUNK && (
          <Link href="/telephone" className={LINK}>
            {telephoneText.link}
          </Link>
        )}
      </p>
      <AgentsView window={name} first={first} agents={currentAgents()} />
    </main>
  );
}
