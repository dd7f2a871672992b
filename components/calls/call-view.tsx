'use client';
// A call: what it was about and how it ended. The team sees its timeline and everything that is known about it; callers
// see the transcript and the recording of their own.
import { useQuery } from '@tanstack/react-query';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { usePermission } from '@/components/accounts/visitor';
import { useAgentList } from '@/components/agents/agent-list';
import {
  DeploymentChips,
  EndedChip,
  ErrorsChip,
  OutcomeChip,
  Tag,
} from '@/components/calls/call-chips';
import { Answers, Outcome, Usage, Versions } from '@/components/calls/call-facts';
import { CallTabs, useCallTabs } from '@/components/calls/call-tabs';
import { CallTraces } from '@/components/calls/call-traces';
import { CallTranscript } from '@/components/calls/call-transcript';
import { loadCall, removeCall } from '@/components/calls/calls-client';
import { Conversation } from '@/components/calls/conversation';
import { EventList } from '@/components/calls/event-list';
import { clocksText } from '@/components/calls/event-words';
import { ListenIn } from '@/components/calls/listen-in';
import { useChanges } from '@/components/calls/use-changes';
import { useWording } from '@/components/calls/use-wording';
import { Whisper } from '@/components/calls/whisper';
import { BackLink } from '@/components/ui/back-link';
import { Chip } from '@/components/ui/chip';
import { ConfirmDelete } from '@/components/ui/confirm';
import { useFailureText } from '@/components/ui/failure';
import { When } from '@/components/ui/local-time';
import { Notice } from '@/components/ui/notice';
import { unlessGone } from '@/components/ui/request';
import { useNow } from '@/components/ui/use-browser-value';
import type { LeftOver } from '@/lib/calls/view/answers';
import { callTitle, whoText } from '@/lib/calls/view/call-words';
import type { CallDetail } from '@/lib/calls/view/one-call';
import { clock } from '@/lib/core/clock';
import { pathSegment } from '@/lib/core/path-segment';

const CALLS = '/calls';

interface DeleteCallProps {
  readonly id: string;
  /** Called after the deletion, with what `Leftovers` has to show. */
  readonly onLeft: (left: LeftOver) => void;
}

function DeleteCall({ id, onLeft }: DeleteCallProps) {
  const t = useTranslations('callDetails.remove');
  const router = useRouter();
  const remove = async () => {
    const left = await removeCall(id).catch(unlessGone);
    if (left) onLeft(left);
    else router.push(CALLS);
  };
  const words = {
    button: t('button'),
    ask: t('ask'),
    yes: t('yes'),
    no: t('no'),
    busy: t('busy'),
    failed: t('failed'),
  };
  return <ConfirmDelete className="mt-8" words={words} onDelete={remove} />;
}

/** What was not deleted with a call. */
function Leftovers({ left }: { readonly left: LeftOver }) {
  const t = useTranslations('callDetails');
  return (
    <div
      role="alert"
      tabIndex={-1}
      ref={(place) => place?.focus()}
      className="mt-8 text-base outline-none"
    >
      <p>{t('remove.deleted')}</p>
      {left.lettaLater && <p className="mt-2">{t('remove.lettaLater')}</p>}
      {left.notDeleted.length > 0 && (
        <>
          <p className="mt-2">{t('remove.left')}</p>
          <ul className="num my-2 list-disc pl-5 text-sm text-muted-foreground [overflow-wrap:anywhere]">
            {left.notDeleted.map(({ file, location }) => (
              <li key={file}>{location ?? file}</li>
            ))}
          </ul>
        </>
      )}
      <Link href={CALLS} className="inline-flex min-h-11 items-center underline underline-offset-3">
        {t('back')}
      </Link>
    </div>
  );
}

/** Interval of a running clock in milliseconds. */
const TICK_MS = 1_000;

/**
 * Keeps the page up to date while the call is in progress, and when events arrive late. `gone` is whether the call was
 * deleted meanwhile, `now` in milliseconds since 1970.
 * @param servedAt when the server rendered the page, in milliseconds since 1970
 */
function useCall(first: CallDetail, servedAt: number) {
  const { id } = first.call;
  const {
    data: detail,
    error: problem,
    refetch,
  } = useQuery({ queryKey: ['call', id], queryFn: () => loadCall(id), initialData: first });
  const gone = problem?.status === 404;
  const now = useNow(servedAt, TICK_MS, detail.call.endedAt === undefined && !gone);
  useChanges(() => void refetch(), id);
  return { detail, gone, problem, now };
}

const LINK =
  'inline-flex min-h-11 items-center gap-1 rounded-sm px-1 font-medium text-base text-muted-foreground hover:text-foreground';

interface CallViewProps {
  readonly first: CallDetail;
  /** When the server rendered the page, in milliseconds since 1970. */
  readonly servedAt: number;
  /** Whether people in a call see that somebody listens. */
  readonly listenersShown: boolean;
}

export function CallView({ first, servedAt, listenersShown }: CallViewProps) {
  const t = useTranslations('callDetails');
  const wording = useWording();
  const { nameOf } = wording;
  const { detail, gone, problem, now } = useCall(first, servedAt);
  const failureText = useFailureText();
  const mayWatch = usePermission('watch');
  const mayDelete = usePermission('delete');
  const [left, setLeft] = useState<LeftOver>();
  const { call } = detail;
  // Workers of the team's own agents do not support notes.
  const canHearNotes = useAgentList().some(
    ({ name, source }) => source !== 'team' && call.agents.includes(name),
  );
  const live = call.endedAt === undefined;
  const callLink = (id: string) => `/calls/${pathSegment(id)}`;
  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-x-4">
        <BackLink href="/calls" label={t(mayWatch ? 'back' : 'mine')} />
        <nav aria-label={t('neighbours')} className="flex gap-3">
          {detail.newer && (
            <Link href={callLink(detail.newer)} className={LINK}>
              <ChevronLeft aria-hidden="true" className="size-[18px]" />
              {t('newer')}
            </Link>
          )}
          {detail.older && (
            <Link href={callLink(detail.older)} className={LINK}>
              {t('older')}
              <ChevronRight aria-hidden="true" className="size-[18px]" />
            </Link>
          )}
        </nav>
      </div>
      <h1 className="text-balance text-xl leading-tight [overflow-wrap:anywhere] sm:text-2xl">
        {callTitle(call, wording)}
      </h1>
      <p className="mt-1 text-base text-muted-foreground">
        <When at={call.requestedAt} />
      </p>
      <div className="mt-3 flex flex-wrap items-center gap-1.5">
        {live && <Chip tone="go">{t('live')}</Chip>}
        {call.agents.map((agent) => (
          <Tag key={agent}>{nameOf(agent)}</Tag>
        ))}
        <DeploymentChips call={call} />
        <Tag num>
          <span className="sr-only">{wording.t('length')} </span>
          {clock((call.endedAt ?? now) - call.requestedAt)}
        </Tag>
        <OutcomeChip call={call} />
        <EndedChip call={call} />
        <ErrorsChip call={call} />
      </div>
      {live && !gone && mayWatch && (
        <>
          <ListenIn room={call.room} who={whoText(call, wording)} shown={listenersShown} />
          {canHearNotes && <Whisper room={call.room} />}
        </>
      )}
      {gone && <Notice tone="stop" urgent title={t('gone.title')} className="max-w-none" />}
      {problem && !gone && (
        <Notice tone="standby" title={failureText(problem)} className="max-w-none" />
      )}
      {detail.clocks.length > 0 && (
        <p className="mt-4 text-sm text-muted-foreground">
          {clocksText(detail.clocks, { t, locale: wording.locale })}
        </p>
      )}
      {mayWatch ? (
        <CallDetails detail={detail} now={now} />
      ) : (
        <div className="mt-5">
          <CallTranscript timeline={detail} />
        </div>
      )}
      {left ? (
        <Leftovers left={left} />
      ) : (
        !live && !gone && mayDelete && <DeleteCall id={call.id} onLeft={setLeft} />
      )}
    </>
  );
}

interface CallDetailsProps {
  readonly detail: CallDetail;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** The timeline, and below it what is known about the call. */
function CallDetails({ detail, now }: CallDetailsProps) {
  const { tab, choose, open } = useCallTabs();
  return (
    <>
      <div className="mt-5">
        <Conversation timeline={detail} now={now} onOpen={open} />
      </div>
      <CallTabs
        tab={tab}
        onChoose={choose}
        panels={{
          transcript: (
            <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1.7fr)_minmax(0,1fr)] lg:gap-5">
              <CallTranscript timeline={detail} />
              <div className="grid min-w-0 gap-4 lg:gap-5">
                <Outcome timeline={detail} now={now} />
                <Answers call={detail.call} />
              </div>
            </div>
          ),
          events: <EventList timeline={detail} />,
          usage: (
            <div className="grid items-start gap-4 lg:grid-cols-2 lg:gap-5">
              <Usage timeline={detail} />
              <Versions timeline={detail} />
            </div>
          ),
          traces: <CallTraces timeline={detail} />,
        }}
      />
    </>
  );
}
