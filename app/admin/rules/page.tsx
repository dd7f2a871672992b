// The rules that dispatch agents to rooms. Everybody shares them, so the server renders the current ones.
import { headers } from 'next/headers';
import { getTranslations } from 'next-intl/server';
import { Suspense } from 'react';
import { visit } from '@/app/visit';
import { RulesView } from '@/components/rules/rules-view';
import { AdminShell } from '@/components/shell/admin-shell';
import { PageLoading } from '@/components/shell/page-loading';
import { pagesOrigin } from '@/lib/core/server-config';
import { loadRules } from '@/lib/rules/store';
import { server } from '@/lib/server';

export const generateMetadata = async () => ({ title: (await getTranslations('rules'))('title') });

/** The server's origin; empty if the settings are invalid. */
async function shownOrigin(): Promise<string> {
  const asked = await headers();
  try {
    return pagesOrigin(server().config, asked);
  } catch {
    return '';
  }
}

/** The current rules. If they cannot be read, the page requests the route, which gives the reason. */
async function rulesNow() {
  try {
    return await loadRules(server());
  } catch {
    return undefined;
  }
}

async function Rules() {
  const origin = await shownOrigin();
  return <RulesView first={await rulesNow()} address={`${origin}/api/webhooks/livekit`} />;
}

export default async function RulesPage() {
  await visit('/admin/rules');
  const t = await getTranslations('rules');
  return (
    <AdminShell title={t('title')} lead={t('lead')} messages={['rules']}>
      <Suspense fallback={<PageLoading />}>
        <Rules />
      </Suspense>
    </AdminShell>
  );
}
