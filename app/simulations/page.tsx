// Simulations: choose scenarios, run them, watch, and see earlier results.

import { visit } from '@/app/visit';
import { requestMessages } from '@/components/language/request-messages';
import { SimulationsView } from '@/components/simulations/simulations-view';
import { Queries } from '@/components/ui/queries';
import { simulationsMessages } from '@/lib/messages/simulations';
import { server } from '@/lib/server';
import { simulationsOverview } from '@/lib/simulations/simulations';

export const dynamic = 'force-dynamic';
export const generateMetadata = async () => ({
  title: (await requestMessages(simulationsMessages)).simulationsText.title,
});

export default async function SimulationsPage() {
  await visit('/simulations');
  const { simulationsText } = await requestMessages(simulationsMessages);
  // If the database is unavailable, the page requests the route, which gives the reason.
  const first = await simulationsOverview(server()).catch(() => undefined);
  return (
    <main id="main" className="mx-auto w-full max-w-[72rem] flex-1 px-4 py-8 sm:px-7 lg:py-12">
      <h1 className="text-[34px] leading-tight">{simulationsText.title}</h1>
      <p className="mt-1 text-[16px] text-muted-foreground">{simulationsText.lead}</p>
      <Queries>
        <SimulationsView first={first} />
      </Queries>
    </main>
  );
}
