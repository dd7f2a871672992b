// The audit log, for an admin.

import { headers } from 'next/headers';
import { requireAccounts, visit } from '@/app/visit';
import { requestMessages } from '@/components/language/request-messages';
import { ScrollFrame } from '@/components/ui/scroll-frame';
import { readAudit } from '@/lib/auth/audit';
import { LOCALES, languageOf } from '@/lib/core/language';
import { accountsMessages } from '@/lib/messages/accounts';
import { server } from '@/lib/server';

export const dynamic = 'force-dynamic';
export const generateMetadata = async () => ({
  title: (await requestMessages(accountsMessages)).accountsText.log.title,
});

export default async function LogPage() {
  requireAccounts();
  await visit('/people/log');
  const { log } = (await requestMessages(accountsMessages)).accountsText;
  const locale = LOCALES[languageOf(await headers())];
  const entries = await readAudit(server());
  const { at, who, what, on } = log.columns;
  return (
    <main id="main" className="mx-auto w-full max-w-[60rem] flex-1 px-4 py-8 sm:px-7 lg:py-12">
      <h1 className="text-[34px] leading-tight">{log.title}</h1>
      <p className="mt-1 text-[16px] text-muted-foreground">{log.lead}</p>
      {entries.length === 0 ? (
        <p className="mt-6 text-[15px]">{log.none}</p>
      ) : (
        <ScrollFrame label={log.title} className="mt-6 rounded-lg border border-border bg-card">
          <table className="w-full text-left text-[15px]">
            <thead className="text-[14px] text-muted-foreground">
              <tr>
                {[at, who, what, on].map((name) => (
                  <th key={name} scope="col" className="px-4 py-2.5 font-medium">
                    {name}
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
      )}
    </main>
  );
}
