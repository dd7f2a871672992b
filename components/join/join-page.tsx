'use client';
// `/join/…`: an invitation, and after Join call the call, on the same page. The server has checked whether the
// invitation is valid.
import Link from 'next/link';
import { useEffect } from 'react';
import { prepareCall } from '@/components/call/call-code';
import { offerToResume, useCall } from '@/components/call/call-store';
import { useMessages } from '@/components/language/language';
import { Notice } from '@/components/ui/notice';
import type { TextsOf } from '@/lib/core/language';
import type { InvitationView } from '@/lib/dispatch/invitations';
import { mainMessages } from '@/lib/messages/main';
import { JoinForm } from './join-form';

/** Why an invitation cannot be used. */
export type Closed = keyof TextsOf<typeof mainMessages>['text']['join']['closed'];

interface JoinPageProps {
  readonly invitation: string;
  readonly seen: InvitationView | Closed;
  readonly joinTimeoutMs: number;
}

export function JoinPage({ invitation, seen, joinTimeoutMs }: JoinPageProps) {
  const { text } = useMessages(mainMessages);
  const call = useCall();
  const shown = call.phase === 'dialling' ? call.before : call;
  const live = shown?.phase === 'live' ? shown : undefined;
  const here = live?.order.kind === 'join' && live.order.invitation === invitation;

  useEffect(() => {
    if (typeof seen !== 'string') prepareCall();
  }, [seen]);

  useEffect(() => void offerToResume(`/join/${invitation}`), [invitation]);

  if (call.phase === 'interrupted') return <call.View was={call.was} />;
  if (live && here) return <live.View session={live.session} order={live.order} />;
  const closed = typeof seen === 'string' ? text.join.closed[seen] : undefined;
  return (
    <main
      id="main"
      className="mx-auto flex w-full max-w-[34rem] flex-1 flex-col justify-center px-4 py-8 sm:px-7"
    >
      <h1 className="text-balance text-[clamp(2rem,1.2rem+3vw,3rem)] leading-[1.08]">
        {closed?.title ?? text.join.title}
      </h1>
      {typeof seen === 'string' ? (
        <>
          <p className="mt-4 text-[17px] text-soft leading-relaxed">{closed?.body}</p>
          <Link
            href="/"
            className="mt-6 inline-flex min-h-12 w-fit items-center rounded-mid border border-line bg-raised px-4 font-semibold text-[15px] hover:bg-hover"
          >
            {text.join.toStart}
          </Link>
        </>
      ) : live && !live.session.over ? (
        <Notice tone="standby" title={text.join.busy} body={text.join.busyBody}>
          <Link
            href="/"
            className="inline-flex min-h-11 items-center rounded-mid bg-ink px-4 font-semibold text-[15px] text-surface"
          >
            {text.join.toCall}
          </Link>
        </Notice>
      ) : (
        <JoinForm call={call} invitation={invitation} seen={seen} joinTimeoutMs={joinTimeoutMs} />
      )}
    </main>
  );
}
