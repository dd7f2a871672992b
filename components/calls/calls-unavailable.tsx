'use client';
// Shown instead of calls if the database is not available, with the reason.
import { useRouter } from 'next/navigation';
import { useMessages } from '@/components/language/language';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { callsMessages } from '@/lib/messages/calls';

/** @param why message of the problem */
export function CallsUnavailable({ why }: { readonly why: string }) {
  const { callsText } = useMessages(callsMessages);
  const router = useRouter();
  return (
    <>
      <h1 className="text-[34px] leading-tight">{callsText.away.title}</h1>
      <p className="mt-1 text-[16px] text-muted-foreground">{callsText.away.body}</p>
      <Notice tone="stop" urgent title={why} className="max-w-none">
        <Button onClick={() => router.refresh()}>{callsText.away.again}</Button>
      </Notice>
    </>
  );
}
