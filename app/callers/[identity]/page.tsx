// All data of one caller: view, export, delete.
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { visit } from '@/app/visit';
import { CallerView } from '@/components/callers/caller-view';
import { CallsUnavailable } from '@/components/calls/calls-unavailable';
import { PageShell } from '@/components/shell/page-shell';
import type { CallSummary } from '@/lib/calls/call';
import { nameInParam } from '@/lib/core/path-segment';
import { isProblem, type Problem, toProblem } from '@/lib/core/problem';
import { callsOfCaller } from '@/lib/privacy/caller-data';
import { server } from '@/lib/server';

export const generateMetadata = async () => ({
  title: (await getTranslations('caller'))('title'),
});

interface CallerPageProps {
  readonly params: Promise<{ readonly identity: string }>;
}

/** The calls, or why there are none. */
async function find(caller: string): Promise<readonly CallSummary[] | Problem> {
  try {
    return await callsOfCaller(server(), caller);
  } catch (error) {
    return toProblem(error);
  }
}

export default async function CallerPage({ params }: CallerPageProps) {
  const { identity } = await params;
  await visit('/callers/[identity]', `/callers/${identity}`);
  const t = await getTranslations();
  const caller = nameInParam(identity);
  const found = await find(caller);
  if (isProblem(found) && found.kind === 'unknown-caller') notFound();
  return (
    <PageShell
      width="wide"
      back={{ href: '/calls', label: t('shell.nav.calls') }}
      title={t('caller.title')}
      messages={['caller', 'calls', 'catalogue']}
    >
      {isProblem(found) ? (
        <CallsUnavailable why={found.detail} />
      ) : (
        <CallerView caller={caller} calls={found} />
      )}
    </PageShell>
  );
}
