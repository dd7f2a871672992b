// The signed-in account: password, passkeys, API keys, signing out.

import { headers } from 'next/headers';
import { requireAccounts, visit } from '@/app/visit';
import {
  KeysSection,
  PasskeysSection,
  PasswordSection,
  SignOut,
} from '@/components/accounts/account-sections';
import { requestMessages } from '@/components/language/request-messages';
import { listKeys, listPasskeys } from '@/lib/auth/keys';
import { accountsMessages } from '@/lib/messages/accounts';
import { server } from '@/lib/server';

export const dynamic = 'force-dynamic';
export const generateMetadata = async () => ({
  title: (await requestMessages(accountsMessages)).accountsText.account.title,
});

/** A new password deletes what these sections list, so they begin again with another list. */
const idsOf = (listed: readonly { readonly id: string }[]) => listed.map(({ id }) => id).join();

export default async function AccountPage() {
  requireAccounts();
  const { account = '', name, role = 'caller' } = await visit('/account');
  const { account: words, roles } = (await requestMessages(accountsMessages)).accountsText;
  const [passkeys, keys] = await Promise.all([
    listPasskeys(server(), await headers()),
    listKeys(server(), account),
  ]);
  return (
    <main id="main" className="mx-auto w-full max-w-[44rem] flex-1 px-4 py-8 sm:px-7 lg:py-12">
      <div className="flex flex-wrap items-end justify-between gap-3">
        <div>
          <h1 className="text-[34px] leading-tight">{words.title}</h1>
          <p className="mt-1 text-[16px] text-muted-foreground">{words.as(name, roles[role])}</p>
        </div>
        <SignOut />
      </div>
      <PasskeysSection key={idsOf(passkeys)} first={passkeys} />
      <PasswordSection />
      <KeysSection key={idsOf(keys)} first={keys} />
    </main>
  );
}
