// Calls in progress. The page updates itself.
import { getTranslations } from 'next-intl/server';
import { CallsFrame, unlessAway } from '@/app/calls/frame';
import { visit } from '@/app/visit';
import { LiveView } from '@/components/calls/live-view';
import { listCalls } from '@/lib/calls/store/store';
import { withAgentStates } from '@/lib/calls/view/live-calls';
import { server } from '@/lib/server';

export const generateMetadata = async () => ({
  title: (await getTranslations('calls'))('live.title'),
});

const LIVE_MAX = 100;

async function Live() {
  const calls = listCalls(server(), { live: true, limit: LIVE_MAX });
  return (
    <LiveView
      first={await unlessAway(calls.then((page) => withAgentStates(server(), page.calls)))}
      listenersShown={server().config.LISTEN_IN === 'shown'}
    />
  );
}

export default async function LivePage() {
  await visit('/calls/live');
  return (
    <CallsFrame own={false}>
      <Live />
    </CallsFrame>
  );
}
