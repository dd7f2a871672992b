'use client';
// Signs out of the account in this browser.
import { LogOut } from 'lucide-react';
import { useMessages } from '@/components/language/language';
import { Button } from '@/components/ui/button';
import { useHydrated } from '@/components/ui/use-hydrated';
import { accountsMessages } from '@/lib/messages/accounts';
import { ask, goTo } from './accounts-client';

export function SignOut() {
  const { account } = useMessages(accountsMessages).accountsText;
  // If the server does not respond, the next page shows that.
  const leave = () =>
    void ask('POST', '/api/auth/sign-out')
      .catch(() => undefined)
      .then(() => goTo('/sign-in'));
  return (
    <Button disabled={!useHydrated()} onClick={leave}>
      <LogOut aria-hidden="true" className="size-5" />
      {account.signOut}
    </Button>
  );
}
