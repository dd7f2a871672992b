'use client';
// Tells the agent of a live call something that the caller does not hear.
import { useTranslations } from 'next-intl';
import { type FormEvent, useId, useState } from 'react';
import { sendWhisper } from '@/components/calls/calls-client';
import { Button } from '@/components/ui/button';
import { cn } from '@/components/ui/cn';
import { Input } from '@/components/ui/input';
import { useAction } from '@/components/ui/use-action';
import { isBlank } from '@/lib/core/blank';
import { WHISPER_MAX } from '@/lib/livekit/attributes';

export function Whisper({ room }: { readonly room: string }) {
  const t = useTranslations('whisper');
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
          aria-label={t('label')}
          aria-describedby={hint}
          placeholder={t('label')}
          value={text}
          onChange={(event) => setText(event.target.value)}
          maxLength={WHISPER_MAX}
          autoComplete="off"
          className="flex-1"
        />
        <Button type="submit" disabled={isBlank(text)} aria-disabled={busy}>
          {t('send')}
        </Button>
      </div>
      <p
        id={hint}
        role="status"
        className={cn('pt-1.5 text-[14px]', problem ? 'text-stop-ink' : 'text-muted-foreground')}
      >
        {problem ? `${t('failed')}: ${problem}` : isSent ? t('sent') : t('hint')}
      </p>
    </form>
  );
}
