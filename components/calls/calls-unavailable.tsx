'use client';
// Shown instead of calls if the database is not available, with the reason.
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';

/** @param why message of the problem */
export function CallsUnavailable({ why }: { readonly why: string }) {
  const t = useTranslations('calls.away');
  const router = useRouter();
  return (
    <>
      <h1 className="text-2xl leading-tight">{t('title')}</h1>
      <p className="mt-1 text-base text-muted-foreground">{t('body')}</p>
      <Notice tone="stop" urgent title={why} className="max-w-none">
        <Button onClick={() => router.refresh()}>{t('again')}</Button>
      </Notice>
    </>
  );
}
