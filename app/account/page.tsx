// The signed-in account: password, passkeys, API keys.
import { headers } from 'next/headers';
import { getTranslations } from 'next-intl/server';
import { Suspense } from 'react';
import { requireAccounts, visit } from '@/app/visit';
import {
  KeysSection,
  PasskeysSection,
  PasswordSection,
} from '@/components/accounts/account-sections';
import { PageLoading } from '@/components/shell/page-loading';
import { PageShell } from '@/components/shell/page-shell';
import { listKeys, listPasskeys } from '@/lib/auth/keys';
import { server } from '@/lib/server';

export const generateMetadata = async () => ({
  title: (await getTranslations('accounts.account'))('title'),
});

async function Sections({ account }: { readonly account: string }) {
  const [passkeys, keys] = await Promise.all([
    listPasskeys(server(), await headers()),
    listKeys(server(), account),
  ]);
  return (
    <>
      <PasskeysSection first={passkeys} />
      <PasswordSection />
      <KeysSection first={keys} />
    </>
  );
}

export default async function AccountPage() {
  requireAccounts();
  const { account = '', name, role = 'caller' } = await visit('/account');
  const t = await getTranslations('accounts');
  return (
    <PageShell
      width="text"
      title={t('account.title')}
      lead={t('account.as', { name, role: t(`roles.${role}`) })}
      messages={['accounts']}
    >
      <Suspense fallback={<PageLoading />}>
        <Sections account={account} />
      </Suspense>
    </PageShell>
  );
}
