// The people who can sign in, for an admin.

import { requireAccounts, visit } from '@/app/visit';
import { PeopleView } from '@/components/accounts/people-view';
import { requestMessages } from '@/components/language/request-messages';
import { listPeople } from '@/lib/auth/people';
import { unusedSignUpLinks } from '@/lib/auth/sign-up-links';
import { accountsMessages } from '@/lib/messages/accounts';
import { server } from '@/lib/server';

export const dynamic = 'force-dynamic';
export const generateMetadata = async () => ({
  title: (await requestMessages(accountsMessages)).accountsText.people.title,
});

export default async function PeoplePage() {
  requireAccounts();
  const { account } = await visit('/people');
  const { people: words } = (await requestMessages(accountsMessages)).accountsText;
  const [people, invited] = await Promise.all([
    listPeople(server()),
    unusedSignUpLinks(server(), Date.now()),
  ]);
  return (
    <main id="main" className="mx-auto w-full max-w-[52rem] flex-1 px-4 py-8 sm:px-7 lg:py-12">
      <h1 className="text-[34px] leading-tight">{words.title}</h1>
      <p className="mt-1 text-[16px] text-muted-foreground">{words.lead}</p>
      <PeopleView first={{ people, invited }} own={account} />
    </main>
  );
}
