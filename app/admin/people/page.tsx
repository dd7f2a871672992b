// The people who can sign in, for an admin.
import { getTranslations } from 'next-intl/server';
import { Suspense } from 'react';
import { requireAccounts, visit } from '@/app/visit';
import { PeopleView } from '@/components/accounts/people-view';
import { AdminShell } from '@/components/shell/admin-shell';
import { PageLoading } from '@/components/shell/page-loading';
import { listPeople } from '@/lib/auth/people';
import { unusedSignUpLinks } from '@/lib/auth/sign-up-links';
import { server } from '@/lib/server';

export const generateMetadata = async () => ({
  title: (await getTranslations('accounts.people'))('title'),
});

/** @param own id of the signed-in account */
async function People({ own }: { readonly own: string | undefined }) {
  const [people, invited] = await Promise.all([
    listPeople(server()),
    unusedSignUpLinks(server(), Date.now()),
  ]);
  return <PeopleView first={{ people, invited }} own={own} />;
}

export default async function PeoplePage() {
  requireAccounts();
  const { account } = await visit('/admin/people');
  const t = await getTranslations('accounts.people');
  return (
    <AdminShell title={t('title')} lead={t('lead')} messages={['accounts']}>
      <Suspense fallback={<PageLoading />}>
        <People own={account} />
      </Suspense>
    </AdminShell>
  );
}
