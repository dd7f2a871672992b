// The audit log, for an admin.
import { getLocale, getTranslations } from 'next-intl/server';
import { Suspense } from 'react';
import { requireAccounts, visit } from '@/app/visit';
import { AdminShell } from '@/components/shell/admin-shell';
import { PageLoading } from '@/components/shell/page-loading';
import { ScrollFrame } from '@/components/ui/scroll-frame';
import { readAudit } from '@/lib/auth/audit';
import { server } from '@/lib/server';

export const generateMetadata = async () => ({
  title: (await getTranslations('accounts.log'))('title'),
});

const COLUMNS = ['at', 'who', 'what', 'on'] as const;

async function Entries() {
  const t = await getTranslations('accounts.log');
  const locale = await getLocale();
  const entries = await readAudit(server());
  if (entries.length === 0) return <p className="mt-6 text-base">{t('none')}</p>;
  return (
    <ScrollFrame label={t('title')} className="mt-6 rounded-lg border border-border bg-card">
      <table className="w-full text-left text-base">
        <thead className="text-sm text-muted-foreground">
          <tr>
            {COLUMNS.map((name) => (
              <th key={name} scope="col" className="px-4 py-2.5 font-medium">
                {t(`columns.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-border border-border border-t">
          {entries.map((entry) => (
            <tr key={entry.id}>
              <td className="num whitespace-nowrap px-4 py-2.5">
                <time dateTime={new Date(entry.at).toISOString()}>
                  {new Date(entry.at).toLocaleString(locale)}
                </time>
              </td>
              <td className="px-4 py-2.5">{entry.name}</td>
              <td className="whitespace-nowrap px-4 py-2.5">{entry.action}</td>
              <td className="break-all px-4 py-2.5">{entry.object}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollFrame>
  );
}

export default async function LogPage() {
  requireAccounts();
  await visit('/admin/audit');
  const t = await getTranslations('accounts.log');
  return (
    <AdminShell title={t('title')} lead={t('lead')}>
      <Suspense fallback={<PageLoading />}>
        <Entries />
      </Suspense>
    </AdminShell>
  );
}
