'use client';
// What stands in the place of a page that crashed. A call lives outside of the pages and goes on: its caller is still heard,
// so this says so and can end it. Details of the crash are only in the log.
import { useTranslations } from 'next-intl';
import { leaveCall, useOpenCall } from '@/components/call/call-store';
import { Button } from '@/components/ui/button';

export function Crash({ retry }: { readonly retry: () => void }) {
  const t = useTranslations('shell.crash');
  const isCalling = useOpenCall() !== undefined;
  return (
    <main
      id="main"
      className="mx-auto grid w-full max-w-[72rem] flex-1 content-center px-4 sm:px-7"
    >
      <h1 className="text-balance text-2xl leading-tight">{t('title')}</h1>
      <p role="status" className="mt-3 max-w-[34rem] text-lg text-muted-foreground">
        {t(isCalling ? 'inCall' : 'body')}
      </p>
      <p className="mt-6 flex flex-wrap gap-3">
        <Button variant="primary" onClick={retry} size="lg">
          {t(isCalling ? 'back' : 'again')}
        </Button>
        {isCalling && (
          <Button variant="destructive" onClick={leaveCall} size="lg">
            {t('end')}
          </Button>
        )}
      </p>
    </main>
  );
}
