'use client';
// An API key in a list: what it is for, what it may do, when it was used, and its deletion.
import { useLocale, useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import type { KeyView } from '@/lib/auth/account-views';
import { KEY_PERMISSIONS } from '@/lib/auth/permissions';

interface KeyRowProps {
  readonly of: KeyView;
  /** Whose it is, in a list of several people's. */
  readonly owner?: string;
  readonly onDelete: () => void;
}

export function KeyRow({ of: key, owner, onDelete }: KeyRowProps) {
  const t = useTranslations('accounts.keys');
  const locale = useLocale();
  // A key may have been made by another version, with other permissions.
  const rightText = (right: string) => {
    const known = KEY_PERMISSIONS.find((one) => one === right);
    return known ? t(`right.${known}`) : right;
  };
  const used = key.used_at
    ? t('used', { date: new Date(key.used_at).toLocaleDateString(locale) })
    : t('unused');
  return (
    <li className="flex flex-wrap items-center justify-between gap-3 text-base">
      <span className="min-w-0">
        <span className="block break-words font-semibold">
          {key.name} <code className="font-normal text-muted-foreground text-sm">{key.start}…</code>
        </span>
        <span className="block text-muted-foreground text-sm">
          {[
            ...(owner === undefined ? [] : [owner]),
            key.rights.map(rightText).join(', '),
            used,
          ].join(' · ')}
        </span>
      </span>
      <Button aria-label={`${t('remove')}: ${key.name}`} onClick={onDelete}>
        {t('remove')}
      </Button>
    </li>
  );
}
