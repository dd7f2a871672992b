// The page of a password link. Opening it does not use the link.

import { headers } from 'next/headers';
import { requireAccounts, visit } from '@/app/visit';
import { LinkForm } from '@/components/accounts/link-form';
import { requestMessages } from '@/components/language/request-messages';
import { limitGuesses } from '@/lib/auth/attempts';
import { seePasswordLink } from '@/lib/auth/people';
import { isProblem, toProblem } from '@/lib/core/problem';
import { accountsMessages } from '@/lib/messages/accounts';
import { server } from '@/lib/server';

export const dynamic = 'force-dynamic';
export const generateMetadata = async () => ({
  title: (await requestMessages(accountsMessages)).accountsText.newPassword.title,
  // Anyone with the address gets the account, so it must not leak.
  robots: { index: false },
  referrer: 'no-referrer' as const,
});

interface PasswordPageProps {
  readonly params: Promise<{ readonly link: string }>;
}

export default async function PasswordPage({ params }: PasswordPageProps) {
  const { link } = await params;
  requireAccounts();
  await visit('/password/[link]');
  const look = () => seePasswordLink(server(), link, Date.now());
  const seen = await limitGuesses(server(), await headers(), look).catch(toProblem);
  const { newPassword, signUp } = (await requestMessages(accountsMessages)).accountsText;
  const closed = isProblem(seen);
  return (
    <main id="main" className="mx-auto w-full max-w-[26rem] flex-1 px-4 py-8 sm:px-7 lg:py-14">
      <h1 className="text-[34px] leading-tight">{closed ? signUp.closed : newPassword.title}</h1>
      <p className="mt-3 text-[16px] text-muted-foreground">
        {closed ? seen.detail : newPassword.lead(seen.person.name)}
      </p>
      {!closed && <LinkForm kind="password" link={link} email={seen.person.email} />}
    </main>
  );
}
