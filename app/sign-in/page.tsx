// Where strangers are sent, and come back from.
import { redirect } from 'next/navigation';
import { SignInForm } from '@/components/accounts/sign-in-form';
import { texts } from '@/components/language/request-language';
import { OIDC } from '@/lib/accounts/oidc';
import { signInIsOn } from '@/lib/accounts/visitor';
import { ownPath } from '@/lib/rights/own-path';
import { serverConfig } from '@/lib/server-config';
import { accountsTexts } from '@/lib/text/accounts';
import { visit } from '../visit';

export const dynamic = 'force-dynamic';
export const generateMetadata = async () => ({
  title: (await texts(accountsTexts)).accountsText.signIn.title,
});

interface SignInPageProps {
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
}

export default async function SignInPage({ searchParams }: SignInPageProps) {
  const { next, error } = await searchParams;
  const to = ownPath(next);
  if ((await visit('/sign-in')).by !== 'nobody') redirect(to);
  const { signIn } = (await texts(accountsTexts)).accountsText;
  const failed = error === undefined ? undefined : /invited/.test(String(error));
  return (
    <main id="main" className="mx-auto w-full max-w-[26rem] flex-1 px-4 py-8 sm:px-7 lg:py-14">
      <h1 className="text-[34px] leading-tight">{signInIsOn() ? signIn.title : signIn.here}</h1>
      {signInIsOn() ? (
        <SignInForm
          next={to}
          oidc={serverConfig().OIDC_ISSUER && OIDC}
          failed={failed === undefined ? undefined : failed ? 'not invited' : 'failed'}
        />
      ) : (
        <p className="mt-3 text-[16px] text-soft">{signIn.hereBody}</p>
      )}
    </main>
  );
}
