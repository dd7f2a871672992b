// The sign-in page. It returns people to the page that they came from.
import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { visit } from '@/app/visit';
import { type Failed, SignInForm } from '@/components/accounts/sign-in-form';
import { PageShell } from '@/components/shell/page-shell';
import { OIDC, safeRedirectPath } from '@/lib/auth/sign-in';
import { signInIsOn } from '@/lib/auth/visitor';
import { server } from '@/lib/server';

export const generateMetadata = async () => ({
  title: (await getTranslations('accounts.signIn'))('title'),
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
  const t = await getTranslations('accounts.signIn');
  if (!signInIsOn()) return <PageShell width="text" title={t('here')} lead={t('hereBody')} />;
  return (
    <PageShell width="text" title={t('title')} messages={['accounts']}>
      <SignInForm
        next={to}
        oidc={server().config.OIDC_ISSUER && OIDC}
        failed={error === undefined ? undefined : whyFailed(String(error))}
      />
    </PageShell>
  );
}
