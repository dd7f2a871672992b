'use client';
// A call in progress: participants, state of the agent, duration, and buttons to listen and to end it.
import { useMutation } from '@tanstack/react-query';
import Link from 'next/link';
import { useId, useState } from 'react';
import { DeploymentChips, ErrorsChip } from '@/components/calls/call-chips';
import { endCall } from '@/components/calls/calls-client';
import { Elapsed } from '@/components/calls/elapsed';
import { ListenButton, ListenStatus, useListening } from '@/components/calls/listen-in';
import { useWording } from '@/components/calls/use-wording';
import { Button } from '@/components/ui/button';
import { Chip, type ChipTone } from '@/components/ui/chip';
import { useConfirm } from '@/components/ui/confirm';
import { Failure, useFailureText } from '@/components/ui/failure';
import { Input } from '@/components/ui/input';
import { unlessGone } from '@/components/ui/request';
import { whoText } from '@/lib/calls/view/call-words';
import type { LiveCall } from '@/lib/calls/view/live-calls';
import { pathSegment } from '@/lib/core/path-segment';
import type { Translate } from '@/lib/messages/messages';

/** Maximum length of a reason, as in the API. */
const REASON_MAX = 300;

/** The state of the agent, as far as known. */
function agentStateText(
  { joinedAt, agentState = '' }: LiveCall,
  t: Translate<'calls'>,
): readonly [ChipTone, string] {
  if (joinedAt === undefined) return ['standby', t('live.coming')];
  return ['go', t('live.state', { state: agentState })];
}

interface LiveRowProps {
  readonly call: LiveCall;
  /** Id of the element that explains listening in. */
  readonly listenHint: string;
}

export function LiveRow({ call, listenHint }: LiveRowProps) {
  const wording = useWording();
  const { t } = wording;
  const listening = useListening(call.room);
  const { asking, ask: askFirst, button, keep: field } = useConfirm<HTMLInputElement>();
  const [reason, setReason] = useState('');
  const { mutate, isPending, error, reset } = useMutation({
    mutationFn: () => endCall(call.room, reason.trim()).catch(unlessGone),
  });
  const id = useId();
  const who = whoText(call, wording);
  const failureText = useFailureText();
  const [tone, word] = agentStateText(call, t);
  const ask = (whether: boolean) => {
    reset();
    askFirst(whether);
  };
  return (
    <li>
      <div className="relative flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3 sm:px-5">
        <Link
          href={`/calls/${pathSegment(call.id)}`}
          className="min-w-[12rem] flex-1 font-semibold text-base hover:underline [overflow-wrap:anywhere]"
        >
          {who}
        </Link>
        <span className="flex flex-wrap items-center gap-1.5">
          <DeploymentChips call={call} />
          <ErrorsChip call={call} />
          {/* As wide as most states, so that the layout rarely shifts. */}
          <Chip tone={tone} className="min-w-[6.5rem]">
            {word}
          </Chip>
          <Elapsed from={call.requestedAt} label={t('length')} />
        </span>
        <ListenButton listening={listening} who={who} hint={listenHint} />
        <Button
          ref={button}
          aria-label={t('live.endOf', { who })}
          aria-expanded={asking}
          onClick={() => ask(!asking)}
          className="text-stop-ink"
        >
          {t('live.end')}
        </Button>
      </div>
      <ListenStatus listening={listening} className="px-4 pb-3 sm:px-5" />
      {asking && (
        <form
          className="grid gap-3 border-border border-t border-dashed px-4 py-3 sm:px-5"
          onSubmit={(event) => {
            event.preventDefault();
            if (!isPending) mutate();
          }}
        >
          <label htmlFor={id} className="text-base">
            <span className="block font-semibold">{t('live.ask', { who })}</span>
            <span className="text-sm text-muted-foreground">{t('live.reason')}</span>
          </label>
          <Input
            id={id}
            ref={field}
            maxLength={REASON_MAX}
            autoComplete="off"
            value={reason}
            onChange={(event) => setReason(event.target.value)}
            onKeyDown={(event) => event.key === 'Escape' && ask(false)}
          />
          <div className="flex flex-wrap gap-2">
            <Button variant="destructive" type="submit" aria-disabled={isPending}>
              {isPending ? t('live.ending') : t('live.yes')}
            </Button>
            <Button onClick={() => ask(false)}>{t('live.no')}</Button>
          </div>
          <Failure what={t('live.failed')} why={error ? failureText(error) : undefined} />
        </form>
      )}
    </li>
  );
}
