'use client';
// A link or key to copy, shown once.
import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { useCopy } from '@/components/ui/use-copy';

interface CopyLineProps {
  /** What to do with it. */
  readonly label: string;
  readonly value: string;
}

export function CopyLine({ label, value }: CopyLineProps) {
  const t = useTranslations('accounts');
  const { copied, copy } = useCopy();
  return (
    <div role="status" className="rounded-md border border-border bg-popover p-3.5">
      <p className="text-sm">{label}</p>
      <div className="mt-2 flex flex-wrap items-center gap-2">
        <code className="min-w-0 flex-1 basis-60 break-all text-sm [font-variant-ligatures:none]">
          {value}
        </code>
        <Button onClick={() => void copy(value)}>{t(copied === 'yes' ? 'copied' : 'copy')}</Button>
      </div>
      {copied === 'failed' && (
        <p role="alert" className="mt-2 text-sm text-stop-ink">
          {t('copyFailed')}
        </p>
      )}
    </div>
  );
}
