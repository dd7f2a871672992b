// The page of a password link. Opening it does not use the link.
import { headers } from 'next/headers';
import { getTranslations } from 'next-intl/server';
import { requireAccounts, visit } from '@/app/visit';
import { LinkForm } from '@/components/accounts/link-form';
import { PageShell } from '@/components/shell/page-shell';
import { limitGuesses } from '@/lib/auth/attempts';
import { seePasswordLink } from '@/lib/auth/people';
import { isProblem, toProblem } from '@/lib/core/problem';
import { server } from '@/lib/server';

export const generateMetadata = async () => ({
  title: (await getTranslations('accounts.newPassword'))('title'),
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
  const t = await getTranslations('accounts');
  if (isProblem(seen)) {
    return <PageShell width="text" title={t('signUp.closed')} lead={seen.detail} />;
  }
  const { name, email } = seen.person;
  return (
    <PageShell
      width="text"
      title={t('newPassword.title')}
      lead={t('newPassword.lead', { name })}
      messages={['accounts']}
    >
      <LinkForm kind="password" link={link} email={email} />
    </PageShell>
  );
}
