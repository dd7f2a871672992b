// Has an agent call a telephone, where a line is set.
import { texts } from '@/components/language/request-language';
import { TelephoneView } from '@/components/telephone/telephone-view';
import { Notice } from '@/components/ui/notice';
import { serverConfig } from '@/lib/core/server-config';
import { telephoneTexts } from '@/lib/messages/telephone';
import { visit } from '../visit';

export const dynamic = 'force-dynamic';
export const generateMetadata = async () => ({
  title: (await texts(telephoneTexts)).telephoneText.title,
});

export default async function TelephonePage() {
  await visit('/telephone');
  const { telephoneText } = await texts(telephoneTexts);
  const { none } = telephoneText;
  return (
    <main id="main" className="mx-auto w-full max-w-[44rem] flex-1 px-4 py-8 sm:px-7 lg:py-12">
      <h1 className="text-[34px] leading-tight">{telephoneText.title}</h1>
      <p className="mt-1 text-[16px] text-soft">{telephoneText.lead}</p>
      {serverConfig().SIP_OUTBOUND_TRUNK ? (
        <TelephoneView />
      ) : (
        <Notice tone="standby" title={none.title} body={none.body} />
      )}
    </main>
  );
}
