// Has an agent call a telephone, if a trunk is configured.
import { getTranslations } from 'next-intl/server';
import { visit } from '@/app/visit';
import { AdminShell } from '@/components/shell/admin-shell';
import { TelephonyView } from '@/components/telephony/telephony-view';
import { Notice } from '@/components/ui/notice';
import { server } from '@/lib/server';

export const generateMetadata = async () => ({
  title: (await getTranslations('telephony'))('title'),
});

export default async function TelephonePage() {
  await visit('/admin/telephone');
  const t = await getTranslations('telephony');
  return (
    <AdminShell title={t('title')} lead={t('lead')} messages={['telephony', 'catalogue']}>
      {server().config.LIVEKIT_SIP_OUTBOUND_TRUNK ? (
        <TelephonyView />
      ) : (
        <Notice tone="standby" title={t('none.title')} body={t('none.body')} />
      )}
    </AdminShell>
  );
}
