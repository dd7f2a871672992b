// Has an agent call a telephone, if a trunk is configured.

import { visit } from '@/app/visit';
import { requestMessages } from '@/components/language/request-messages';
import { TelephonyView } from '@/components/telephony/telephony-view';
import { Notice } from '@/components/ui/notice';
import { telephonyMessages } from '@/lib/messages/telephony';
import { server } from '@/lib/server';

export const dynamic = 'force-dynamic';
export const generateMetadata = async () => ({
  title: (await requestMessages(telephonyMessages)).telephonyText.title,
});

export default async function TelephonePage() {
  await visit('/telephone');
  const { telephonyText } = await requestMessages(telephonyMessages);
  const { none } = telephonyText;
  return (
    <main id="main" className="mx-auto w-full max-w-[44rem] flex-1 px-4 py-8 sm:px-7 lg:py-12">
      <h1 className="text-[34px] leading-tight">{telephonyText.title}</h1>
      <p className="mt-1 text-[16px] text-muted-foreground">{telephonyText.lead}</p>
      {server().config.LIVEKIT_SIP_OUTBOUND_TRUNK ? (
        <TelephonyView />
      ) : (
        <Notice tone="standby" title={none.title} body={none.body} />
      )}
    </main>
  );
}
