// Simulations: choose scenarios, run them, watch, and see earlier results.
import { getTranslations } from 'next-intl/server';
import { Suspense } from 'react';
import { visit } from '@/app/visit';
import { PageLoading } from '@/components/shell/page-loading';
import { PageShell } from '@/components/shell/page-shell';
import { SimulationsView } from '@/components/simulations/simulations-view';
import { server } from '@/lib/server';
import { simulationsOverview } from '@/lib/simulations/simulations';

export const generateMetadata = async () => ({
  title: (await getTranslations('simulations'))('title'),
});

async function Simulations() {
  // If the database is unavailable, the page requests the route, which gives the reason.
  const first = await simulationsOverview(server()).catch(() => undefined);
  return <SimulationsView first={first} />;
}

export default async function SimulationsPage() {
  await visit('/simulations');
  const t = await getTranslations('simulations');
  return (
    <PageShell
      width="wide"
      title={t('title')}
      lead={t('lead')}
      messages={['simulations', 'scenarios', 'catalogue']}
    >
      <Suspense fallback={<PageLoading />}>
        <Simulations />
      </Suspense>
    </PageShell>
  );
}
