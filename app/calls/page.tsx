// Past calls. The page updates itself.
import { getTranslations } from 'next-intl/server';
import { CallsFrame, unlessAway } from '@/app/calls/frame';
import { here, visit, visitor } from '@/app/visit';
import { PastView } from '@/components/calls/past-view';
import { callsOf } from '@/lib/auth/permissions';
import { listCalls } from '@/lib/calls/store/store';
import { summaryForCallers } from '@/lib/calls/view/for-callers';
import type { Loaded } from '@/lib/calls/view/merge-page';
import { apiQuery, readFilter } from '@/lib/calls/view/page-filter';
import { parseCallQuery } from '@/lib/calls/view/query';
import { server } from '@/lib/server';

export const generateMetadata = async () => {
  const t = await getTranslations('calls');
  return { title: t(callsOf(await visitor()) === undefined ? 'title' : 'mine') };
};

interface CallsPageProps {
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
}

interface PastProps {
  readonly params: URLSearchParams;
  /** Restricts the list to calls of this account. */
  readonly account: string | undefined;
}

async function firstCalls({ params, account }: PastProps): Promise<Loaded> {
  const filter = parseCallQuery(apiQuery(readFilter(params), Date.now()));
  const { calls, next } = await listCalls(server(), { ...filter, live: false, account });
  return { calls: account === undefined ? calls : calls.map(summaryForCallers), next };
}

const Past = async (props: PastProps) => <PastView first={await unlessAway(firstCalls(props))} />;

export default async function CallsPage({ searchParams }: CallsPageProps) {
  const account = callsOf(await visit('/calls', here('/calls', await searchParams)));
  const given = Object.entries(await searchParams).flatMap(([name, value]) =>
    typeof value === 'string' ? [[name, value]] : [],
  );
  return (
    <CallsFrame own={account !== undefined}>
      <Past params={new URLSearchParams(given)} account={account} />
    </CallsFrame>
  );
}
