// The list of calls. The page updates itself.

import { here, visit } from '@/app/visit';
import { CallsView, type FirstCalls } from '@/components/calls/calls-view';
import { requestMessages } from '@/components/language/request-messages';
import { Queries } from '@/components/ui/queries';
import { callsOf } from '@/lib/auth/permissions';
import { listCalls } from '@/lib/calls/store/store';
import { withAgentStates } from '@/lib/calls/view/live-calls';
import { apiQuery, readFilter } from '@/lib/calls/view/page-filter';
import { parseCallQuery } from '@/lib/calls/view/query';
import { callsMessages } from '@/lib/messages/calls';
import { server } from '@/lib/server';

export const dynamic = 'force-dynamic';
export const generateMetadata = async () => ({
  title: (await requestMessages(callsMessages)).callsText.title,
});

interface CallsPageProps {
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
}

/** Both lists; undefined if the database does not respond, which the page learns from the route. */
async function firstCalls(
  params: URLSearchParams,
  account: string | undefined,
): Promise<FirstCalls | undefined> {
  const filter = parseCallQuery(apiQuery(readFilter(params), Date.now()));
  try {
    const [live, history] = await Promise.all([
      listCalls(server(), { live: true, limit: 100, account }),
      listCalls(server(), { ...filter, live: false, account }),
    ]);
    return { live: await withAgentStates(server(), live.calls), history };
  } catch {
    return undefined;
  }
}

export default async function CallsPage({ searchParams }: CallsPageProps) {
  const account = callsOf(await visit('/calls', here('/calls', await searchParams)));
  const { callsText } = await requestMessages(callsMessages);
  const given = Object.entries(await searchParams).flatMap(([name, value]) =>
    typeof value === 'string' ? [[name, value]] : [],
  );
  return (
    <main id="main" className="mx-auto w-full max-w-[68rem] flex-1 px-4 py-8 sm:px-7 lg:py-10">
      <h1 className="text-[34px] leading-tight">{callsText.title}</h1>
      <p className="mt-1 text-[16px] text-muted-foreground">{callsText.lead}</p>
      <Queries>
        <CallsView
          first={await firstCalls(new URLSearchParams(given), account)}
          listenersShown={server().config.LISTEN_IN === 'shown'}
        />
      </Queries>
    </main>
  );
}
