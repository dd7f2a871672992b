// The list of calls. The page updates itself.
import { getTranslations } from 'next-intl/server';
import { Suspense } from 'react';
import { here, visit } from '@/app/visit';
import { CallsView, type FirstCalls } from '@/components/calls/calls-view';
import { PageLoading } from '@/components/shell/page-loading';
import { PageShell } from '@/components/shell/page-shell';
import { callsOf } from '@/lib/auth/permissions';
import { listCalls } from '@/lib/calls/store/store';
import { withAgentStates } from '@/lib/calls/view/live-calls';
import { apiQuery, readFilter } from '@/lib/calls/view/page-filter';
import { parseCallQuery } from '@/lib/calls/view/query';
import { isProblem } from '@/lib/core/problem';
import { server } from '@/lib/server';

export const generateMetadata = async () => ({
  title: (await getTranslations('calls'))('title'),
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
  } catch (error) {
    if (isProblem(error)) return undefined;
    throw error;
  }
}

interface ListsProps {
  readonly params: URLSearchParams;
  /** Restricts the lists to calls of this account. */
  readonly account: string | undefined;
}

async function Lists({ params, account }: ListsProps) {
  return (
    <CallsView
      first={await firstCalls(params, account)}
      listenersShown={server().config.LISTEN_IN === 'shown'}
    />
  );
}

export default async function CallsPage({ searchParams }: CallsPageProps) {
  const account = callsOf(await visit('/calls', here('/calls', await searchParams)));
  const t = await getTranslations('calls');
  const given = Object.entries(await searchParams).flatMap(([name, value]) =>
    typeof value === 'string' ? [[name, value]] : [],
  );
  return (
    <PageShell
      width="wide"
      title={t('title')}
      lead={t('lead')}
      messages={['calls', 'catalogue', 'listen']}
    >
      <Suspense fallback={<PageLoading />}>
        <Lists params={new URLSearchParams(given)} account={account} />
      </Suspense>
    </PageShell>
  );
}
