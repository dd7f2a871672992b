// The API keys of everybody, for an admin.
import { getTranslations } from 'next-intl/server';
import { Suspense } from 'react';
import { requireAccounts, visit } from '@/app/visit';
import { AllKeys } from '@/components/accounts/all-keys';
import { AdminShell } from '@/components/shell/admin-shell';
import { PageLoading } from '@/components/shell/page-loading';
import { listAllKeys } from '@/lib/auth/keys';
import { server } from '@/lib/server';

export const generateMetadata = async () => ({
  title: (await getTranslations('accounts.keys'))('title'),
});

const Keys = async () => <AllKeys first={await listAllKeys(server())} />;

export default async function KeysPage() {
  requireAccounts();
  await visit('/admin/keys');
  const t = await getTranslations('accounts.keys');
  return (
    <AdminShell title={t('title')} lead={t('allLead')} messages={['accounts']}>
      <Suspense fallback={<PageLoading />}>
        <Keys />
      </Suspense>
    </AdminShell>
  );
}
