// Who waits in the queue. The page updates itself.
import { getTranslations } from 'next-intl/server';
import { CallsFrame, unlessAway } from '@/app/calls/frame';
import { visit } from '@/app/visit';
import { WaitingView } from '@/components/calls/waiting-view';
import { waitingCallers } from '@/lib/dispatch/queue/waiting';
import { server } from '@/lib/server';

export const generateMetadata = async () => ({
  title: (await getTranslations('calls'))('queue.list'),
});

const Waiting = async () => <WaitingView first={await unlessAway(waitingCallers(server()))} />;

export default async function WaitingPage() {
  await visit('/calls/waiting');
  return (
    <CallsFrame own={false}>
      <Waiting />
    </CallsFrame>
  );
}
