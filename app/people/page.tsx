// The people who can sign in, for an admin.
import { getTranslations } from 'next-intl/server';
import { requireAccounts, visit } from '@/app/visit';
import { PeopleView } from '@/components/accounts/people-view';
import { PageShell } from '@/components/shell/page-shell';
import { listPeople } from '@/lib/auth/people';
import { unusedSignUpLinks } from '@/lib/auth/sign-up-links';
import { server } from '@/lib/server';

export const generateMetadata = async () => ({
  title: (await getTranslations('accounts.people'))('title'),
});

export default async function PeoplePage() {
  requireAccounts();
  const { account } = await visit('/people');
  const t = await getTranslations('accounts.people');
  const [people, invited] = await Promise.all([
    listPeople(server()),
    unusedSignUpLinks(server(), Date.now()),
  ]);
  return (
    <PageShell width="people" title={t('title')} lead={t('lead')} messages={['accounts']}>
      <PeopleView first={{ people, invited }} own={account} />
    </PageShell>
  );
}
