'use client';
// The panels above the controls of a call: the keypad, and the invitation of a colleague.
import { Copy, Share2, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { appConfig } from '@/app-config';
import { useAgentList } from '@/components/agents/agent-list';
import type { CallSession } from '@/components/call/session/call-session';
import type { CallSnapshot } from '@/components/call/session/call-snapshot';
import type { InvitationLink } from '@/components/call/session/requests';
import { useSettings } from '@/components/settings/settings-store';
import { canShare, share } from '@/components/ui/browser';
import { Button } from '@/components/ui/button';
import { cn } from '@/components/ui/cn';
import { useFailureText } from '@/components/ui/failure';
import { Input } from '@/components/ui/input';
import { LocalTime } from '@/components/ui/local-time';
import { useCopy } from '@/components/ui/use-copy';

interface CallPanelProps {
  readonly id: string;
  readonly label: string;
  readonly closeLabel: string;
  readonly onClose: () => void;
  /** Receives all keys but Escape, which closes the panel. */
  readonly onKey?: (event: KeyboardEvent) => void;
  readonly head: ReactNode;
  readonly className: string;
  readonly children: ReactNode;
}

/** A panel that takes the focus as it opens. */
function CallPanel(props: CallPanelProps) {
  const { id, label, closeLabel, onClose, onKey, head, className, children } = props;
  const panel = useRef<HTMLElement>(null);
  useEffect(() => panel.current?.focus(), []);
  return (
    <section
      id={id}
      ref={panel}
      tabIndex={-1}
      data-notice=""
      aria-label={label}
      onKeyDown={(event) => (event.key === 'Escape' ? onClose() : onKey?.(event))}
      className={cn(
        'mt-2 min-h-0 max-w-full animate-arrive overflow-y-auto rounded-lg border border-border bg-card p-3 shadow-board lg:p-4',
        className,
      )}
    >
      <div className="flex items-center justify-between gap-3">
        {head}
        <Button
          aria-label={closeLabel}
          title={closeLabel}
          onClick={onClose}
          className="-my-2.5 -mr-2 min-w-11 border-transparent bg-transparent px-0"
        >
          <X aria-hidden="true" className="size-5" />
        </Button>
      </div>
      {children}
    </section>
  );
}

/** In the order of a phone keypad. */
const KEYS = '123456789*0#';
/** Number of pressed keys that fit into the panel. */
const SHOWN = 20;

interface KeypadPanelProps {
  readonly id: string;
  readonly session: CallSession;
  readonly onClose: () => void;
}

/** The keypad, for agents that ask for a number. Works with the keyboard too, and shows the pressed keys. */
export function KeypadPanel({ id, session, onClose }: KeypadPanelProps) {
  const t = useTranslations('call');
  const [pressed, setPressed] = useState('');
  const [failed, setFailed] = useState(false);

  async function press(key: string) {
    setPressed((before) => (before + key).slice(-SHOWN));
    const sent = session.pressKey(key).then(
      () => true,
      () => false,
    );
    setFailed(!(await sent));
  }

  function onKey({ key, ctrlKey, metaKey, altKey }: KeyboardEvent) {
    if (key.length === 1 && KEYS.includes(key) && !ctrlKey && !metaKey && !altKey) void press(key);
  }

  return (
    <CallPanel
      id={id}
      label={t('keypad')}
      closeLabel={t('closeKeypad')}
      onClose={onClose}
      onKey={onKey}
      head={
        <output
          aria-label={t('pressed')}
          className="num min-h-7 min-w-0 truncate text-xl text-foreground"
        >
          {pressed}
        </output>
      }
      className="w-[17rem] short:w-full"
    >
      <fieldset
        aria-label={t('keys')}
        className="mt-2 grid grid-cols-3 gap-1.5 short:grid-cols-6 lg:gap-2"
      >
        {[...KEYS].map((key) => (
          <Button
            key={key}
            onClick={() => void press(key)}
            className="num min-h-10! px-0! text-xl lg:min-h-12!"
          >
            {key}
          </Button>
        ))}
      </fieldset>
      {failed && (
        <p role="alert" className="mt-2 text-sm text-stop-ink">
          {t('keyFailed')}
        </p>
      )}
    </CallPanel>
  );
}

interface InvitePanelProps {
  readonly id: string;
  readonly session: CallSession;
  readonly call: CallSnapshot;
  readonly onClose: () => void;
}

/**
 * An invitation link for a colleague, to copy or share, with its expiry and what the agent will do. A new link is created
 * each time the panel opens.
 */
export function InvitePanel({ id, session, call, onClose }: InvitePanelProps) {
  const t = useTranslations('call');
  const { takeover } = useSettings();
  const { agent } = call;
  const listed = useAgentList().find(({ name }) => name === agent?.agent);
  const named = listed !== undefined && listed.source !== 'team';
  const [made, setMade] = useState<InvitationLink>();
  const [problem, setProblem] = useState<string>();
  const failureText = useFailureText();
  const { copied, copy } = useCopy();

  const make = () => {
    setProblem(undefined);
    session.invite(takeover).then(setMade, (error: unknown) => setProblem(failureText(error)));
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, as the panel opens
  useEffect(make, []);

  // Somebody has joined, so the link is used.
  const before = useRef(call.people);
  const came = call.people > before.current;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when somebody comes
  useEffect(() => {
    if (came) onClose();
  }, [came]);

  return (
    <CallPanel
      id={id}
      label={t('invite.title')}
      closeLabel={t('invite.close')}
      onClose={onClose}
      head={
        <h2 className="font-sans font-semibold text-base tracking-normal">{t('invite.title')}</h2>
      }
      className="w-[26rem] text-sm"
    >
      {made ? (
        <>
          {/* In one row, which also a laptop's screen at a zoom of 200 % has room for. */}
          <div className="mt-2 flex gap-2">
            <Input
              readOnly
              aria-label={t('invite.link')}
              value={made.url}
              onFocus={(event) => event.target.select()}
              className="num min-w-0 flex-1 truncate px-3! text-sm!"
            />
            <Button
              variant="secondary"
              onClick={() => void copy(made.url)}
              className="flex-none px-3!"
            >
              <Copy aria-hidden="true" className="size-4" />
              <span aria-live="polite">
                {copied === 'yes' ? t('invite.copied') : t('invite.copy')}
              </span>
            </Button>
          </div>
          <p className="mt-2 text-muted-foreground">
            {t('invite.valid')} <LocalTime at={made.expires_at} />.{' '}
            {agent &&
              t(`invite.takeover.${takeover}`, {
                person: agent.person || t('people.agent'),
                named: String(named),
              })}
          </p>
          {canShare() && (
            <Button
              onClick={() =>
                void share({
                  title: appConfig.productName,
                  text: t('invite.shareText'),
                  url: made.url,
                })
              }
              className="mt-3"
            >
              <Share2 aria-hidden="true" className="size-4" />
              {t('invite.share')}
            </Button>
          )}
          {copied === 'failed' && (
            <p role="alert" className="mt-2 text-stop-ink">
              {t('invite.copyFailed')}
            </p>
          )}
        </>
      ) : !problem ? (
        <p className="mt-2 text-muted-foreground">{t('invite.making')}</p>
      ) : (
        <div role="alert" className="mt-2">
          <p className="text-stop-ink">
            {t('invite.failed')} {problem}
          </p>
          <Button className="mt-3" onClick={make}>
            {t('invite.again')}
          </Button>
        </div>
      )}
    </CallPanel>
  );
}
