'use client';
// The form of an invitation: a name, remembered for the next time, and the button that opens the microphone.
import { Phone } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { type CallState, leaveCall, startCall } from '@/components/call/call-store';
import { useMessages } from '@/components/language/language';
import { changeSettings, useSettings } from '@/components/settings/settings-store';
import { Button } from '@/components/ui/button';
import { LocalTime } from '@/components/ui/local-time';
import { Notice } from '@/components/ui/notice';
import { findAgent } from '@/lib/core/catalogue';
import type { InvitationView } from '@/lib/dispatch/invitations';
import { catalogueMessages, mainMessages } from '@/lib/messages/main';

interface JoinFormProps {
  readonly call: CallState;
  readonly invitation: string;
  readonly seen: InvitationView;
  readonly joinTimeoutMs: number;
}

/** Maximum length of a name in characters; with four bytes each within LiveKit's limit. */
const NAME_MAX = 60;

export function JoinForm({ call, invitation, seen, joinTimeoutMs }: JoinFormProps) {
  const { text } = useMessages(mainMessages);
  const { roleOf } = useMessages(catalogueMessages);
  const { name: remembered } = useSettings();
  const [typed, setTyped] = useState<string>();
  const [missing, setMissing] = useState(false);
  const name = typed ?? remembered;
  const agent = findAgent(seen.agent ?? '');
  const dialling = call.phase === 'dialling';

  function submit(event: FormEvent) {
    event.preventDefault();
    const called = name.trim();
    setMissing(called === '');
    if (called === '') return document.getElementById('name')?.focus();
    changeSettings({ name: called });
    void startCall({ kind: 'join', invitation, name: called, joinTimeoutMs });
  }

  return (
    <form onSubmit={submit} noValidate>
      <p className="mt-4 text-[17px] text-soft leading-relaxed">
        {agent ? text.join.withAgent(agent.person, roleOf(agent)) : text.join.withNobody}{' '}
        {agent && text.join.takeover[seen.takeover](agent.person)}
      </p>
      <div className="mt-7 grid gap-1.5">
        <label htmlFor="name" className="font-medium text-[13px] text-soft">
          {text.join.name}
        </label>
        <input
          id="name"
          value={name}
          onChange={(event) => setTyped(event.target.value)}
          maxLength={NAME_MAX}
          autoComplete="name"
          aria-invalid={missing}
          aria-describedby="name-hint"
          className="h-14 w-full rounded-mid border border-edge bg-raised px-4 font-semibold text-[16px] text-ink"
        />
        <p
          id="name-hint"
          role={missing ? 'alert' : undefined}
          className={missing ? 'text-[13px] text-stop-ink' : 'text-[13px] text-soft'}
        >
          {missing ? text.join.nameMissing : text.join.nameHint}
        </p>
      </div>
      <Button
        type="submit"
        variant="primary"
        aria-disabled={dialling}
        className="mt-5 min-h-14 px-7 text-[17px] max-sm:w-full"
      >
        <Phone aria-hidden="true" className="size-5 fill-current stroke-none" />
        {text.join.button}
      </Button>
      <p role="status" className="mt-4 min-h-6 text-[14px] text-soft">
        {dialling ? (
          text.start.dialling
        ) : (
          <>
            {text.join.fine} <LocalTime at={seen.expires_at} />.
          </>
        )}
      </p>
      {call.phase === 'elsewhere' && (
        <Notice tone="standby" title={text.elsewhere.title} body={text.elsewhere.body} urgent>
          <Button variant="secondary" onClick={() => void startCall(call.order, true)}>
            {text.elsewhere.here}
          </Button>
          <Button onClick={leaveCall}>{text.elsewhere.cancel}</Button>
        </Notice>
      )}
      {call.phase === 'failed' && <Notice tone="stop" body={text.start.failed} urgent />}
    </form>
  );
}
