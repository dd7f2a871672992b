// The frame of the pages of Admin: their tabs, and the title of the one that is open.
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { AdminTabs } from '@/components/shell/admin-tabs';
import { PageShell } from '@/components/shell/page-shell';
import type { Namespace } from '@/lib/messages/messages';

interface AdminShellProps {
  readonly title: string;
  readonly lead: string;
  /** Subjects of messages that its client components use. */
  readonly messages?: readonly Namespace[];
  readonly children: ReactNode;
}

export function AdminShell({ title, lead, messages = [], children }: AdminShellProps) {
  const t = useTranslations('shell.nav');
  return (
    <PageShell width="wide" title={t('admin')} messages={messages}>
      <AdminTabs />
      <h2 className="text-xl leading-tight">{title}</h2>
      <p className="mt-1 text-base text-muted-foreground">{lead}</p>
      {children}
    </PageShell>
  );
}
