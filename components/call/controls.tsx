'use client';
// The controls of a call: microphone with level and device, camera, screen, captions, keypad, invitation, and the button
// that ends the call.
import { Captions, ChevronDown, Grip, Mic, MicOff, PhoneOff, UserPlus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { appConfig } from '@/app-config';
import { useEmbedded, usePermission } from '@/components/accounts/visitor';
import { LevelBars } from '@/components/audio/level-bars';
import type { CallProps } from '@/components/call/call-store';
import { VideoToggles } from '@/components/call/lazy-video';
import type { CallSession } from '@/components/call/session/call-session';
import type { MicState } from '@/components/call/session/microphone';
import { changeSettings, currentSettings, useSettings } from '@/components/settings/settings-store';
import { Button } from '@/components/ui/button';
import { cn } from '@/components/ui/cn';
import { useFailureText } from '@/components/ui/failure';
import { ApiError } from '@/components/ui/request';
import { useStore } from '@/components/ui/store';
import type { JoinCode } from '@/lib/call/join-state';

/** Selects the microphone; only an arrow beside its button on phones. */
function MicSelect({ mic }: { readonly mic: MicState }) {
  const t = useTranslations('call');
  const captured = mic.devices.find(({ id }) => id === mic.deviceId);

  // The call follows the settings. "default" is the browser's id for the system default.
  const choose = (id: string) => changeSettings({ microphone: id === 'default' ? '' : id });

  return (
    <span className="relative min-w-12 @max-[22rem]:min-w-10 @lg:min-w-0">
      <select
        aria-label={t('microphone')}
        title={t('microphone')}
        value={mic.deviceId}
        disabled={mic.devices.length === 0}
        onChange={(event) => choose(event.target.value)}
        className="min-h-12 w-full appearance-none truncate rounded-md border border-border bg-popover pr-9 pl-3.5 font-semibold text-base text-foreground hover:bg-accent disabled:opacity-60 @max-lg:w-12 @max-lg:text-transparent @max-[22rem]:w-10 @lg:max-w-44"
      >
        {!captured && (
          <option value={mic.deviceId} className="text-foreground">
            {t('usualMicrophone')}
          </option>
        )}
        {mic.devices.map(({ id, label: name }) => (
          <option key={id} value={id} className="bg-popover text-foreground">
            {name || t('usualMicrophone')}
          </option>
        ))}
      </select>
      <ChevronDown
        aria-hidden="true"
        className="pointer-events-none absolute top-4 right-2 size-4 @max-lg:right-4 @max-[22rem]:right-3"
      />
    </span>
  );
}

const SQUARE =
  'min-h-12 px-3.5 @max-lg:min-w-12 @max-lg:px-3 @max-[22rem]:min-w-10 @max-[22rem]:px-2';
/** States without a room to invite anybody into. */
const NO_ROOM: readonly JoinCode[] = ['moving', 'move-failed'];
/** Ids of the panels; one is open at a time. */
const PANELS = { invite: 'invite', keypad: 'keypad' } as const;
type Panel = keyof typeof PANELS;

/** Their code, which few calls need: loaded once the call is connected. */
const loadPanels = () => import('@/components/call/call-panels');
type PanelCode = Awaited<ReturnType<typeof loadPanels>>;

const MUTED = 'bg-stop-ground text-stop-ink hover:bg-stop-ground';

/** The level of the microphone, on phones with the sign that a label is elsewhere. */
function MicSign({ session, on }: Pick<CallProps, 'session'> & { readonly on: boolean }) {
  if (!on) return <MicOff aria-hidden="true" className="size-5" />;
  return (
    <>
      <Mic aria-hidden="true" className="size-5 @lg:hidden" />
      <span className="@max-[22rem]:hidden">
        <LevelBars meter={session.callerMeter} />
      </span>
    </>
  );
}

interface MicButtonProps {
  readonly session: CallSession;
  readonly mic: MicState;
}

/** The space bar, unless it types a space or presses a button. */
const isFreeSpace = (event: globalThis.KeyboardEvent) =>
  event.code === 'Space' &&
  !(event.target as Element).closest?.(
    'input, textarea, select, button, a, summary, [contenteditable]',
  );

/** The microphone is heard while this button, or the space bar, is held. */
function PushToTalk({ session, mic }: MicButtonProps) {
  const t = useTranslations('call');
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (!held) return;
    void session.microphone.setMuted(false);
    return () => void session.microphone.setMuted(true);
  }, [held, session]);
  useEffect(() => {
    const onKey = (event: globalThis.KeyboardEvent) => {
      if (!isFreeSpace(event)) return;
      // Otherwise the page scrolls.
      event.preventDefault();
      setHeld(event.type === 'keydown');
    };
    // The key may be released in another window.
    const onBlur = () => setHeld(false);
    window.addEventListener('keydown', onKey);
    window.addEventListener('keyup', onKey);
    window.addEventListener('blur', onBlur);
    return () => {
      window.removeEventListener('keydown', onKey);
      window.removeEventListener('keyup', onKey);
      window.removeEventListener('blur', onBlur);
    };
  }, []);
  const onKey = (event: KeyboardEvent<HTMLButtonElement>) => {
    if (event.key !== ' ' && event.key !== 'Enter') return;
    event.preventDefault();
    setHeld(event.type === 'keydown');
  };
  return (
    <Button
      aria-pressed={held}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        setHeld(true);
      }}
      onLostPointerCapture={() => setHeld(false)}
      onKeyDown={onKey}
      onKeyUp={onKey}
      onBlur={() => setHeld(false)}
      // A long press would open the menu on phones.
      onContextMenu={(event) => event.preventDefault()}
      title={t('holdToTalk')}
      className={cn(SQUARE, 'touch-none select-none', mic.status === 'muted' && MUTED)}
    >
      <MicSign session={session} on={mic.status !== 'muted'} />
      <span className="@max-lg:sr-only">{t('holdToTalk')}</span>
    </Button>
  );
}

/** Mutes the microphone, or turns it on in a call with text only. */
function MicButton({ session, mic }: MicButtonProps) {
  const t = useTranslations('call');
  const muted = mic.status === 'muted';
  const on = mic.status === 'on';
  const labels = {
    off: t('turnOnMic'),
    asking: t('micAsking'),
    on: t('mute'),
    muted: t('unmute'),
    problem: t('noMic'),
  };
  return (
    <Button
      aria-pressed={mic.status === 'off' ? undefined : muted}
      disabled={mic.status === 'asking' || mic.status === 'problem'}
      onClick={() =>
        void (mic.status === 'off'
          ? session.microphone.choose(currentSettings().microphone)
          : session.microphone.setMuted(on))
      }
      title={labels[mic.status]}
      className={cn(SQUARE, muted && MUTED)}
    >
      <MicSign session={session} on={on} />
      <span className="@max-lg:sr-only">{labels[mic.status]}</span>
    </Button>
  );
}

export function Controls({ session, call }: CallProps) {
  const { order } = session;
  const t = useTranslations('call');
  const mic = useStore(session.microphone.state);
  const { captions, talk } = useSettings();
  const [open, setOpen] = useState<Panel>();
  const [panels, setPanels] = useState<PanelCode>();
  const [problem, setProblem] = useState<string>();
  const failureText = useFailureText();
  const connected = call.connectedAt !== undefined;
  useEffect(() => {
    // Not before: the call needs the machine. The click shows errors.
    if (connected) loadPanels().then(setPanels, () => {});
  }, [connected]);
  const openers = {
    invite: useRef<HTMLButtonElement>(null),
    keypad: useRef<HTMLButtonElement>(null),
  };
  const embedded = useEmbedded();
  const { features } = appConfig;
  const mayInvite =
    usePermission('call') && features.invitations && order.kind === 'call' && !embedded;
  const pushes = talk === 'push' && (mic.status === 'on' || mic.status === 'muted');
  const MicControl = pushes ? PushToTalk : MicButton;
  const queued = call.position !== undefined;
  const end = queued ? t('queue.leave') : order.kind === 'call' ? t('end') : t('leave');
  const noRoom = call.connectedAt === undefined || NO_ROOM.includes(call.join.code);
  const close = (panel: Panel) => {
    // Does not take the focus from a caller who is typing.
    const within = document.getElementById(PANELS[panel])?.contains(document.activeElement);
    setOpen(undefined);
    if (within) openers[panel].current?.focus();
  };
  const show = async (panel: Panel) => {
    setProblem(undefined);
    try {
      if (!panels) setPanels(await loadPanels());
      setOpen(panel);
    } catch {
      setProblem(failureText(new ApiError('unreachable', 0)));
    }
  };
  const opens = (panel: Panel) => ({
    ref: openers[panel],
    'aria-expanded': open === panel,
    'aria-controls': open === panel ? PANELS[panel] : undefined,
    disabled: noRoom,
    onClick: () => (open === panel ? setOpen(undefined) : void show(panel)),
    className: SQUARE,
  });

  return (
    <>
      {panels && open === 'invite' && (
        <panels.InvitePanel
          id={PANELS.invite}
          session={session}
          call={call}
          onClose={() => close('invite')}
        />
      )}
      {panels && open === 'keypad' && (
        <panels.KeypadPanel id={PANELS.keypad} session={session} onClose={() => close('keypad')} />
      )}
      <p role="alert" className="mt-2 max-w-[34rem] text-center text-sm text-stop-ink empty:hidden">
        {problem}
      </p>
      <fieldset
        aria-label={t('controls')}
        className="mt-2 mb-3 flex max-w-full flex-none flex-wrap items-center justify-center gap-2 rounded-lg border border-border bg-card p-2.5 @max-sm:gap-1 lg:mb-6"
      >
        <MicControl session={session} mic={mic} />
        {mic.status !== 'off' && <MicSelect mic={mic} />}

        {order.kind === 'call' && !embedded && (
          <VideoToggles room={session.room} className={SQUARE} onProblem={setProblem} />
        )}

        {features.captions && (
          <Button
            aria-pressed={captions}
            aria-label={t('captions')}
            title={t('captions')}
            onClick={() => changeSettings({ captions: !captions })}
            className={SQUARE}
          >
            <Captions aria-hidden="true" className="size-5" />
          </Button>
        )}

        {features.keypad && order.kind === 'call' && !embedded && !queued && (
          <Button aria-label={t('keypad')} title={t('keypad')} {...opens('keypad')}>
            <Grip aria-hidden="true" className="size-5" />
          </Button>
        )}

        {mayInvite && !queued && (
          <Button aria-label={t('invite.title')} title={t('invite.title')} {...opens('invite')}>
            <UserPlus aria-hidden="true" className="size-5" />
          </Button>
        )}

        <Button
          variant="destructive"
          aria-label={end}
          title={end}
          onClick={() => session.hangUp()}
          className="min-h-12 whitespace-nowrap px-4 @max-lg:min-w-12 @max-lg:px-3 @max-[22rem]:min-w-10 @max-[22rem]:px-2"
        >
          <PhoneOff aria-hidden="true" className="size-5 @lg:hidden" />
          <span className="@max-lg:hidden">{end}</span>
        </Button>
      </fieldset>
    </>
  );
}
