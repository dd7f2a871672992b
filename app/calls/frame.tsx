// The frame of the lists of calls: their heading, and the tabs of those who may see the calls of others.
import { getTranslations } from 'next-intl/server';
import { type ReactNode, Suspense } from 'react';
import { CallsTabs } from '@/components/calls/calls-tabs';
import { PageLoading } from '@/components/shell/page-loading';
import { PageShell } from '@/components/shell/page-shell';
import { isProblem } from '@/lib/core/problem';

interface CallsFrameProps {
  /** Whether the visitor sees their own calls only. */
  readonly own: boolean;
  readonly children: ReactNode;
}

export async function CallsFrame({ own, children }: CallsFrameProps) {
  const t = await getTranslations('calls');
  return (
    <PageShell
      width="wide"
      title={t(own ? 'mine' : 'title')}
      messages={['calls', 'catalogue', 'listen']}
    >
      {!own && <CallsTabs />}
      <Suspense fallback={<PageLoading />}>{children}</Suspense>
    </PageShell>
  );
}

/** What a list shows first; undefined if the database does not respond, which the page learns from the route. */
export async function unlessAway<T>(first: Promise<T>): Promise<T | undefined> {
  try {
    return await first;
  } catch (error) {
    if (isProblem(error)) return undefined;
    throw error;
  }
}
