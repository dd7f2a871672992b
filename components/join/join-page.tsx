'use client';
// `/join/…`: an invitation, and after Join call the call, on the same page. The server has checked whether the
// invitation is valid.
import { Phone } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { setAgentList, useAgentList } from '@/components/agents/agent-list';
import { type CallState, shownCall, useCall } from '@/components/call/call-store';
import { PrivacyLink, type StartProps } from '@/components/call/start-button';
import { offerToResume, prepareCall, startCall } from '@/components/call/start-call';
import { CallNotice } from '@/components/call/start-notice';
import { useCatalogue } from '@/components/language/catalogue';
import { changeSettings, useSettings } from '@/components/settings/settings-store';
import { Button, buttonVariants } from '@/components/ui/button';
import { LocalTime } from '@/components/ui/local-time';
import { Notice } from '@/components/ui/notice';
import type { ListedAgent } from '@/lib/agents/agent';
import type { InvitationView } from '@/lib/dispatch/invitations';
import type { Messages } from '@/lib/messages/messages';

interface JoinFormProps {
  readonly call: CallState;
  readonly invitation: string;
  readonly seen: InvitationView;
  /** The agent in the call, if it is in the list. */
  readonly agent: ListedAgent | undefined;
  readonly start: StartProps;
}

/** Maximum length of a name in characters; with four bytes each within LiveKit's limit. */
const NAME_MAX = 60;

function JoinForm({ call, invitation, seen, agent, start }: JoinFormProps) {
  const tStart = useTranslations('start');
  const t = useTranslations('join');
  const { roleOf } = useCatalogue();
  const { name: remembered, talk } = useSettings();
  const [typed, setTyped] = useState<string>();
  const [missing, setMissing] = useState(false);
  const name = typed ?? remembered;
  const dialling = call.phase === 'dialling';

  function submit(form: FormData) {
    const called = String(form.get('name')).trim();
    setMissing(called === '');
    if (called === '') return document.getElementById('name')?.focus();
    changeSettings({ name: called });
    const { joinTimeoutMs } = start;
    void startCall({ kind: 'join', invitation, name: called, joinTimeoutMs });
  }

  return (
    // An action, which React also runs for a form that was submitted before the page is interactive.
    <form action={submit} noValidate>
      <p className="mt-4 text-lg text-muted-foreground leading-relaxed">
        {agent
          ? t('withAgent', {
              person: agent.person,
              known: String(agent.role !== ''),
              role: roleOf(agent),
            })
          : t('withNobody')}{' '}
        {agent &&
          t(`takeover.${seen.takeover}`, {
            person: agent.person,
            named: String(agent.source !== 'team'),
          })}
      </p>
      <div className="mt-7 grid gap-1.5">
        <label htmlFor="name" className="font-medium text-sm text-muted-foreground">
          {t('name')}
        </label>
        <input
          id="name"
          name="name"
          value={name}
          onChange={(event) => setTyped(event.target.value)}
          maxLength={NAME_MAX}
          autoComplete="name"
          aria-invalid={missing}
          aria-describedby="name-hint"
          className="h-14 w-full rounded-md border border-input bg-popover px-4 font-semibold text-base text-foreground"
        />
        <p
          id="name-hint"
          role={missing ? 'alert' : undefined}
          className={missing ? 'text-sm text-stop-ink' : 'text-sm text-muted-foreground'}
        >
          {missing ? t('nameMissing') : t('nameHint')}
        </p>
      </div>
      <Button
        type="submit"
        variant="primary"
        aria-disabled={dialling}
        className="mt-5 min-h-14 px-7 text-lg max-sm:w-full"
      >
        <Phone aria-hidden="true" className="size-5 fill-current stroke-none" />
        {t('button')}
      </Button>
      <p role="status" className="mt-4 min-h-6 text-sm text-muted-foreground">
        {dialling ? (
          tStart('dialling')
        ) : (
          <>
            {tStart(`microphone.${talk}`)}{' '}
            {tStart('fine', {
              recorded: String(start.recorded),
              monitored: String(start.monitored),
            })}{' '}
            {t('fine')} <LocalTime at={seen.expires_at} />.
          </>
        )}
      </p>
      <PrivacyLink className="mt-2" />
      <CallNotice call={call} />
    </form>
  );
}

/** Why an invitation cannot be used. */
export type Closed = keyof Messages['join']['closed'];

interface JoinPageProps extends Omit<JoinFormProps, 'call' | 'seen'> {
  readonly seen: InvitationView | Closed;
}

export function JoinPage({ invitation, seen, agent, start }: JoinPageProps) {
  const t = useTranslations('join');
  const tCall = useTranslations('call');
  const call = useCall();
  const live = shownCall(call);
  const order = live?.session.order;
  const here = order?.kind === 'join' && order.invitation === invitation;

  // A guest may see this agent only.
  const agents = useAgentList();
  useEffect(() => {
    if (agent && !agents.some(({ name }) => name === agent.name)) setAgentList([...agents, agent]);
  }, [agent, agents]);

  useEffect(() => {
    if (typeof seen !== 'string') prepareCall();
  }, [seen]);

  useEffect(() => void offerToResume(`/join/${invitation}`), [invitation]);

  if (call.phase === 'interrupted') return <call.View was={call.was} onStart={startCall} />;
  if (live && here) return <live.View session={live.session} onStart={startCall} />;
  return (
    <main
      id="main"
      className="mx-auto flex w-full max-w-[34rem] flex-1 flex-col justify-center px-4 py-8 sm:px-7"
    >
      <h1 className="text-balance text-2xl leading-[1.08]">
        {typeof seen === 'string' ? t(`closed.${seen}.title`) : t('title')}
      </h1>
      {typeof seen === 'string' ? (
        <>
          <p className="mt-4 text-lg text-muted-foreground leading-relaxed">
            {t(`closed.${seen}.body`)}
          </p>
          <Link href="/" className={buttonVariants({ size: 'lg', className: 'mt-6 w-fit' })}>
            {tCall('after.toStart')}
          </Link>
        </>
      ) : live && !live.session.over ? (
        <Notice tone="standby" title={t('busy')} body={t('busyBody')}>
          <Link href="/" className={buttonVariants({ variant: 'secondary' })}>
            {t('toCall')}
          </Link>
        </Notice>
      ) : (
        <JoinForm {...{ call, invitation, seen, agent, start }} />
      )}
    </main>
  );
}
