'use client';
// The pages of Admin that the visitor may see.
import { useTranslations } from 'next-intl';
import { useVisitor } from '@/components/accounts/visitor';
import { ADMIN, entriesFor } from '@/components/shell/navigation';
import { Tabs } from '@/components/ui/tabs';

export function AdminTabs() {
  const t = useTranslations('shell');
  const tabs = entriesFor(ADMIN, useVisitor());
  return (
    <Tabs
      label={t('nav.admin')}
      tabs={tabs.map(({ href, name }) => ({ href, label: t(`admin.${name}`) }))}
    />
  );
}
