// A person's settings, stored in their browser.
import { headers } from 'next/headers';
import { visit } from '@/app/visit';
import { requestMessages } from '@/components/language/request-messages';
import { SettingsView } from '@/components/settings/settings-view';
import { chosenLanguage } from '@/lib/core/language';
import { mainMessages } from '@/lib/messages/main';

export const generateMetadata = async () => ({
  title: (await requestMessages(mainMessages)).text.settings.title,
});

export default async function SettingsPage() {
  await visit('/settings');
  const { text } = await requestMessages(mainMessages);
  return (
    <main id="main" className="mx-auto w-full max-w-[44rem] flex-1 px-4 py-8 sm:px-7 lg:py-12">
      <h1 className="text-[34px] leading-tight">{text.settings.title}</h1>
      <p className="mt-1 text-[16px] text-muted-foreground">{text.settings.lead}</p>
      <SettingsView language={chosenLanguage(await headers())} />
    </main>
  );
}
