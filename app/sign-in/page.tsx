// The sign-in page. It returns people to the page that they came from.

import { redirect } from 'next/navigation';
import { visit } from '@/app/visit';
import { type Failed, SignInForm } from '@/components/accounts/sign-in-form';
import { requestMessages } from '@/components/language/request-messages';
import { OIDC, safeRedirectPath } from '@/lib/auth/sign-in';
import { signInIsOn } from '@/lib/auth/visitor';
import { accountsMessages } from '@/lib/messages/accounts';
import { server } from '@/lib/server';

export const dynamic = 'force-dynamic';
export const generateMetadata = async () => ({
  title: (await requestMessages(accountsMessages)).accountsText.signIn.title,
});

/** Messages by the error code that better-auth or the provider's redirect puts in the URL. */
function whyFailed(error: string): Failed {
  if (error.includes('invited')) return 'notInvited';
  return error === 'provider_away' ? 'providerAway' : 'failed';
}

interface SignInPageProps {
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
}

export default async function SignInPage({ searchParams }: SignInPageProps) {
  const { next, error } = await searchParams;
  const to = safeRedirectPath(next);
  if ((await visit('/sign-in')).by !== 'nobody') redirect(to);
  const { signIn } = (await requestMessages(accountsMessages)).accountsText;
  return (
    <main id="main" className="mx-auto w-full max-w-[26rem] flex-1 px-4 py-8 sm:px-7 lg:py-14">
      <h1 className="text-[34px] leading-tight">{signInIsOn() ? signIn.title : signIn.here}</h1>
      {signInIsOn() ? (
        <SignInForm
          next={to}
          oidc={server().config.OIDC_ISSUER && OIDC}
          failed={error === undefined ? undefined : whyFailed(String(error))}
        />
      ) : (
        <p className="mt-3 text-[16px] text-muted-foreground">{signIn.hereBody}</p>
      )}
    </main>
  );
}
