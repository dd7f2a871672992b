// A person's settings, stored in their browser.
import { headers } from 'next/headers';
import { getTranslations } from 'next-intl/server';
import { visit } from '@/app/visit';
import { SettingsView } from '@/components/settings/settings-view';
import { PageShell } from '@/components/shell/page-shell';
import { chosenLanguage } from '@/lib/core/language';

export const generateMetadata = async () => ({
  title: (await getTranslations('settings'))('title'),
});

export default async function SettingsPage() {
  await visit('/settings');
  const t = await getTranslations('settings');
  return (
    <PageShell
      width="text"
      title={t('title')}
      lead={t('lead')}
      messages={['settings', 'language', 'mics']}
    >
      <SettingsView language={chosenLanguage(await headers())} />
    </PageShell>
  );
}
