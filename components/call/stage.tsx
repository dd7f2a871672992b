'use client';
// The main part of a call: the agent's name, the visualizer, the status, notices, and the controls. Dark in both
// themes.
import { Headphones } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { RefObject } from 'react';
import { appConfig } from '@/app-config';
import { CallNotices } from '@/components/call/call-notices';
import type { CallProps, StartCall } from '@/components/call/call-store';
import { Controls } from '@/components/call/controls';
import { AgentVideo, OwnVideo } from '@/components/call/lazy-video';
import type { MicState } from '@/components/call/session/microphone';
import { Visualizer } from '@/components/call/visualizer';
import { useCatalogue } from '@/components/language/catalogue';
import { useSettings } from '@/components/settings/settings-store';
import { cn } from '@/components/ui/cn';
import { useStore } from '@/components/ui/store';
import type { JoinCode } from '@/lib/call/join-state';
import type { Line } from '@/lib/call/line';
import type { Participants, Who } from '@/lib/call/present';
import type { Talk } from '@/lib/call/settings';
import { namesText, nameText } from '@/lib/call/words';
import type { Translate } from '@/lib/messages/messages';

/** Number of words that fit. */
const WORDS = 18;

interface CaptionProps {
  readonly lines: readonly Line[];
  readonly speaking: boolean;
}

/** The agent's words. Hidden from screen readers, because the transcript has the same words. */
function Caption({ lines, speaking }: CaptionProps) {
  const last = lines.findLast((line) => line.kind === 'speech' && line.voice.side === 'agent');
  // The words of a lost agent are not those of the current speaker.
  const said = speaking && last?.kind === 'speech' && last.cut !== 'lost' ? last.text : '';
  return (
    <p
      aria-hidden="true"
      translate="no"
      className="mt-3 min-h-[3.2em] max-w-[34rem] text-balance text-center text-lg leading-relaxed"
    >
      {said.split(/\s+/).slice(-WORDS).join(' ')}
    </p>
  );
}

interface QueuePositionProps {
  /** From 1, which is next. */
  readonly position: number;
  readonly person: string;
}

/**
 * The caller's position in the queue, as a large number and as text. Its size does not depend on the position.
 */
function QueuePosition({ position, person }: QueuePositionProps) {
  const t = useTranslations('call');
  return (
    <section
      aria-label={t('queue.label')}
      data-notice=""
      className="mt-4 flex w-full max-w-[34rem] animate-arrive items-center gap-4 rounded-md border border-border border-l-4 border-l-amber bg-card p-4 text-left"
    >
      <p aria-hidden="true" className="min-w-16 flex-none text-center">
        <span translate="no" className="num display block text-[40px] text-amber leading-none">
          {position}
        </span>
        <span className="text-sm text-muted-foreground">{t('queue.unit')}</span>
      </p>
      <div className="min-w-0 text-sm leading-relaxed">
        <p aria-live="polite" translate="no" className="font-semibold text-base">
          {t('queue.before', { ahead: position - 1 })}
        </p>
        <p className="text-muted-foreground">{t('queue.body', { person })}</p>
      </div>
    </section>
  );
}

/** Shows that somebody is listening. Overlays the visualizer, so that the layout does not shift. */
function Monitored({ on }: { readonly on: boolean }) {
  const t = useTranslations('call');
  return (
    // Always rendered, so that screen readers announce the change.
    <p
      aria-live="polite"
      className="pointer-events-none absolute inset-x-0 top-full z-10 flex justify-center"
    >
      {on && (
        <span className="inline-flex items-center gap-1.5 whitespace-nowrap rounded-full bg-standby-ground px-2.5 font-semibold text-sm text-standby">
          <Headphones aria-hidden="true" className="size-3.5" />
          {t('monitored')}
        </span>
      )}
    </p>
  );
}

/** Returns the role of a participant. People without a name are named by theirs. */
function useRoles(): (one: Who) => string {
  const t = useTranslations('call');
  const { roleOf } = useCatalogue();
  return (one) => (one.kind === 'agent' ? roleOf(one) : one.name && t(`people.roles.${one.kind}`));
}

/** The name within a sentence. */
const inSentence = (t: Translate<'call'>, one: Who): string =>
  one.name || one.kind === 'agent' ? nameText(t, one) : t(`people.inSentence.${one.kind}`);

/** The other participants, and which of them are speaking. */
function Others({ others }: Pick<Participants, 'others'>) {
  const t = useTranslations('call');
  const roleOf = useRoles();
  if (others.length === 0) return null;
  return (
    <ul
      aria-label={t('people.others')}
      className="mt-2 flex max-w-full flex-wrap justify-center gap-2"
    >
      {others.map((one) => (
        <li
          key={one.identity}
          className="inline-flex h-7 max-w-full items-center gap-2 rounded-full border border-border bg-card px-2.5 text-sm"
        >
          <span
            className={cn('lamp', one.speaking ? 'text-go' : 'text-input')}
            aria-hidden="true"
          />
          <span className="truncate">
            <span translate="no" className="font-semibold">
              {nameText(t, one)}
            </span>
            {roleOf(one) && <span className="text-muted-foreground"> · {roleOf(one)}</span>}
          </span>
          {one.speaking && <span className="flex-none text-go">{t('people.speaking')}</span>}
        </li>
      ))}
    </ul>
  );
}

/** Shows that the agent or LiveKit Egress records the audio. */
function Recorded() {
  const t = useTranslations('call');
  return (
    <p className="inline-flex flex-none items-center gap-1.5 rounded-full bg-stop-ground px-2.5 font-semibold text-sm text-stop-ink">
      <span className="lamp text-destructive" aria-hidden="true" />
      <span aria-hidden="true">{t('recorded')}</span>
      <span className="sr-only">{t('recordedLabel')}</span>
    </p>
  );
}

interface StageProps extends CallProps {
  readonly onStart: StartCall;
  readonly heading: RefObject<HTMLHeadingElement | null>;
}

const LAMPS = {
  waiting: 'text-amber',
  idle: 'text-go',
  thinking: 'text-go',
  speaking: 'text-go',
  lost: 'text-muted-foreground',
  ended: 'text-muted-foreground',
} as const;

/** States in which the caller believes to be heard. */
const LISTENS: readonly JoinCode[] = ['joined', 'listening'];

/** Why the agent hears nothing while it listens; undefined if the microphone is on. */
function unheard({ status, problem }: MicState, talk: Talk) {
  if (status === 'on') return undefined;
  if (problem === 'blocked') return problem;
  return status === 'muted' && talk === 'push' ? talk : status;
}

export function Stage({ session, call, heading, onStart }: StageProps) {
  const t = useTranslations('call');
  const roleOf = useRoles();
  const { captions, talk } = useSettings();
  const mic = useStore(session.microphone.state);
  const { cue, code } = call.join;
  const why = LISTENS.includes(code) ? unheard(mic, talk) : undefined;
  const { stage, others } = call.participants;
  const name = namesText(t, stage);
  const roles = [...new Set(stage.map(roleOf))].filter(Boolean).join(', ');
  const visualizer = (
    <Visualizer cue={cue} voice={session.voice.meter} caller={session.callerMeter} />
  );
  return (
    // When space is short, the visualizer shrinks first, then the text below it, then an open panel; never the name,
    // the status or the controls.
    <section
      aria-labelledby="on-stage"
      className="dark @container relative isolate flex min-h-0 min-w-0 flex-col items-center overflow-clip bg-stage px-3 text-foreground"
    >
      <h1
        id="on-stage"
        translate="no"
        ref={heading}
        tabIndex={-1}
        className="mt-auto max-w-full flex-none truncate pt-3 text-xl leading-tight lg:pt-[min(2rem,3dvh)] lg:text-[42px]"
      >
        {name || t('untitled')}
      </h1>
      <div className="relative flex min-h-6 w-full flex-none items-center justify-center gap-2.5 text-base text-muted-foreground lg:mt-1">
        {roles && <p className="min-w-0 truncate">{roles}</p>}
        {call.recorded && <Recorded />}
        <Monitored on={call.monitored} />
      </div>
      {call.pictured ? (
        <AgentVideo room={session.room} person={name}>
          {visualizer}
        </AgentVideo>
      ) : (
        visualizer
      )}
      <p
        role="status"
        aria-live="polite"
        // Announced at once: a translation would be announced again.
        translate="no"
        className="flex min-h-7 flex-none items-center gap-2.5 text-center text-lg text-foreground/90"
      >
        <span className={cn('lamp', why ? 'text-amber' : LAMPS[cue])} aria-hidden="true" />
        {code === 'with-people'
          ? t('withPeople', { names: stage.map((one) => inSentence(t, one)).join(', ') })
          : t(why ? `unheard.${why}` : `status.${code}`)}
      </p>
      <div className="mb-auto flex min-h-0 w-full shrink-[9] flex-col items-center overflow-y-auto overscroll-contain">
        {call.position !== undefined && <QueuePosition position={call.position} person={name} />}
        <Others others={others} />
        <OwnVideo room={session.room} />
        {appConfig.features.captions && captions && (
          <Caption lines={call.lines} speaking={code === 'speaking'} />
        )}
        <CallNotices session={session} call={call} onStart={onStart} />
      </div>
      <Controls session={session} call={call} />
    </section>
  );
}
