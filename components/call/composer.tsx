'use client';
// The text box of a call, for callers who cannot or do not want to speak. A message that fails to send stays in the
// box.
import { type FormEvent, useState } from 'react';
import { useMessages } from '@/components/language/language';
import { Button } from '@/components/ui/button';
import { type JoinState, messageWaitsFor } from '@/lib/call/join-state';
import { TYPED_MAX } from '@/lib/livekit/attributes';
import { mainMessages } from '@/lib/messages/main';
import type { CallSession } from './call-session';

interface ComposerProps {
  readonly session: CallSession;
  /** Whom the message waits for; undefined if unknown. */
  readonly person: string | undefined;
  readonly join: Pick<JoinState, 'code' | 'canSend'>;
}

export function Composer({ session, person, join }: ComposerProps) {
  const { text } = useMessages(mainMessages);
  const { canSend } = join;
  const [message, setMessage] = useState('');
  const [state, setState] = useState<'idle' | 'sending' | 'failed'>('idle');

  async function submit(event: FormEvent) {
    event.preventDefault();
    const words = message.trim();
    if (words === '' || state === 'sending' || !canSend) return;
    setState('sending');
    try {
      await session.send(words);
      setMessage((now) => (now.trim() === words ? '' : now));
      setState('idle');
    } catch {
      setState('failed');
    }
  }

  const waitsFor = messageWaitsFor(join);
  const hint = () => {
    if (state === 'failed') return text.message.failed;
    if (waitsFor === 'connection') return text.message.waitForConnection;
    return waitsFor && text.message.waitForAgent(person ?? text.message.anybody);
  };
  return (
    <form onSubmit={submit} className="border-line border-t bg-surface p-3.5 sm:px-4">
      <p
        id="message-hint"
        role={state === 'failed' ? 'alert' : undefined}
        className={
          state === 'failed'
            ? 'pb-2 text-[13px] text-stop-ink'
            : 'pb-2 text-[13px] text-soft empty:hidden'
        }
      >
        {hint()}
      </p>
      <div className="flex gap-2.5">
        <input
          id="message"
          aria-label={text.message.label}
          aria-describedby="message-hint"
          placeholder={text.message.placeholder}
          value={message}
          onChange={(event) => setMessage(event.target.value)}
          maxLength={TYPED_MAX}
          autoComplete="off"
          enterKeyHint="send"
          className="min-h-11 min-w-0 flex-1 rounded-mid border border-edge bg-raised px-3.5 text-[16px] text-ink placeholder:text-soft"
        />
        <Button
          type="submit"
          variant="secondary"
          disabled={!canSend || message.trim() === ''}
          aria-disabled={state === 'sending'}
        >
          {state === 'sending' ? text.message.sending : text.message.send}
        </Button>
      </div>
    </form>
  );
}
