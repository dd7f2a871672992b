// The page of a sign-up link. Opening it, as mail programs do automatically, does not use the link.

import { headers } from 'next/headers';
import { requireAccounts, visit } from '@/app/visit';
import { LinkForm } from '@/components/accounts/link-form';
import { requestMessages } from '@/components/language/request-messages';
import { limitGuesses } from '@/lib/auth/attempts';
import { seeSignUpLink } from '@/lib/auth/sign-up-links';
import { isProblem, toProblem } from '@/lib/core/problem';
import { accountsMessages } from '@/lib/messages/accounts';
import { server } from '@/lib/server';

export const dynamic = 'force-dynamic';
export const generateMetadata = async () => ({
  title: (await requestMessages(accountsMessages)).accountsText.signUp.title,
  // Anyone with the address may join, so it must not leak.
  robots: { index: false },
  referrer: 'no-referrer' as const,
});

interface SignUpPageProps {
  readonly params: Promise<{ readonly link: string }>;
}

export default async function SignUpPage({ params }: SignUpPageProps) {
  const { link } = await params;
  requireAccounts();
  await visit('/sign-up/[link]');
  const look = () => seeSignUpLink(server(), link, Date.now());
  const seen = await limitGuesses(server(), await headers(), look).catch(toProblem);
  const { signUp, roles } = (await requestMessages(accountsMessages)).accountsText;
  const closed = isProblem(seen);
  return (
    <main id="main" className="mx-auto w-full max-w-[26rem] flex-1 px-4 py-8 sm:px-7 lg:py-14">
      <h1 className="text-[34px] leading-tight">{closed ? signUp.closed : signUp.title}</h1>
      <p className="mt-3 text-[16px] text-muted-foreground">
        {closed && seen.detail}
        {!closed && (seen.email === undefined ? signUp.first : signUp.as(roles[seen.role]))}
      </p>
      {!closed && <LinkForm kind="sign-up" link={link} email={seen.email} />}
    </main>
  );
}
