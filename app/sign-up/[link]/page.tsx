// The page of a sign-up link. Opening it, as mail programs do automatically, does not use the link.
import { headers } from 'next/headers';
import { getTranslations } from 'next-intl/server';
import { requireAccounts, visit } from '@/app/visit';
import { LinkForm } from '@/components/accounts/link-form';
import { PageShell } from '@/components/shell/page-shell';
import { limitGuesses } from '@/lib/auth/attempts';
import { seeSignUpLink } from '@/lib/auth/sign-up-links';
import { isProblem, toProblem } from '@/lib/core/problem';
import { server } from '@/lib/server';

export const generateMetadata = async () => ({
  title: (await getTranslations('accounts.signUp'))('title'),
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
  const t = await getTranslations('accounts');
  if (isProblem(seen)) {
    return <PageShell width="text" title={t('signUp.closed')} lead={seen.detail} />;
  }
  const { email, role } = seen;
  return (
    <PageShell
      width="text"
      title={t('signUp.title')}
      lead={email === undefined ? t('signUp.first') : t('signUp.as', { role: t(`roles.${role}`) })}
      messages={['accounts']}
    >
      <LinkForm kind="sign-up" link={link} email={email} />
    </PageShell>
  );
}
