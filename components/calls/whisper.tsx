'use client';
// Tells the agent of a live call something that the caller does not hear.
import { type FormEvent, useId, useState } from 'react';
import { sendWhisper } from '@/components/calls/calls-client';
import { useMessages } from '@/components/language/language';
import { Button } from '@/components/ui/button';
import { cn } from '@/components/ui/cn';
import { Input } from '@/components/ui/input';
import { useAction } from '@/components/ui/use-action';
import { isBlank } from '@/lib/core/blank';
import { WHISPER_MAX } from '@/lib/livekit/attributes';
import { callsMessages } from '@/lib/messages/calls';

export function Whisper({ room }: { readonly room: string }) {
  const { whisperText: words } = useMessages(callsMessages);
  const [text, setText] = useState('');
  const [isSent, setSent] = useState(false);
  const { busy, problem, run } = useAction();
  const hint = useId();

  async function submit(event: FormEvent) {
    event.preventDefault();
    const note = text.trim();
    if (isBlank(note) || busy) return;
    setSent(false);
    if (!(await run(() => sendWhisper(room, note)))) return;
    setSent(true);
    setText((now) => (now.trim() === note ? '' : now));
  }

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
        <Button type="submit" disabled={isBlank(text)} aria-disabled={busy}>
          {words.send}
        </Button>
      </div>
      <p
        id={hint}
        role="status"
        className={cn('pt-1.5 text-[14px]', problem ? 'text-stop-ink' : 'text-muted-foreground')}
      >
        {problem ? `${words.failed}: ${problem}` : isSent ? words.sent : words.hint}
      </p>
    </form>
  );
}
