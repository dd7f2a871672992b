'use client';
// Tells the agent of a live call something that the caller does not hear.
import { type FormEvent, useId, useState } from 'react';
import { useMessages } from '@/components/language/language';
import { Button } from '@/components/ui/button';
import { cn } from '@/components/ui/cn';
import { Input } from '@/components/ui/input';
import { toApiError } from '@/components/ui/request';
import { isBlank } from '@/lib/core/blank';
import { WHISPER_MAX } from '@/lib/livekit/attributes';
import { callsMessages } from '@/lib/messages/calls';
import { sendWhisper } from './calls-client';

type State =
  | { readonly phase: 'idle' | 'sending' | 'sent' }
  | { readonly phase: 'failed'; readonly why: string };

export function Whisper({ room }: { readonly room: string }) {
  const { whisperText: words } = useMessages(callsMessages);
  const [text, setText] = useState('');
  const [state, setState] = useState<State>({ phase: 'idle' });
  const hint = useId();

  async function submit(event: FormEvent) {
    event.preventDefault();
    const note = text.trim();
    if (isBlank(note) || state.phase === 'sending') return;
    setState({ phase: 'sending' });
    try {
      await sendWhisper(room, note);
      setText((now) => (now.trim() === note ? '' : now));
      setState({ phase: 'sent' });
    } catch (error) {
      setState({ phase: 'failed', why: toApiError(error).message });
    }
  }

  const failed = state.phase === 'failed';
  return (
    <form onSubmit={submit} className="mt-3 max-w-[40rem]">
      <div className="flex gap-2.5">
        <Input
          aria-label={words.label}
          aria-describedby={hint}
          placeholder={words.label}
          value={text}
          onChange={(event) => setText(event.target.value)}
          maxLength={WHISPER_MAX}
          autoComplete="off"
          className="flex-1"
        />
        <Button type="submit" disabled={isBlank(text)} aria-disabled={state.phase === 'sending'}>
          {words.send}
        </Button>
      </div>
      <p
        id={hint}
        role="status"
        className={cn('pt-1.5 text-[14px]', failed ? 'text-stop-ink' : 'text-muted-foreground')}
      >
        {state.phase === 'sent' && words.sent}
        {failed && `${words.failed}: ${state.why}`}
        {!failed && state.phase !== 'sent' && words.hint}
      </p>
    </form>
  );
}
