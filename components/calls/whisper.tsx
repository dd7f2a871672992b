'use client';
// Tells the agent of a live call something that the caller does not hear.
import { useMutation } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { type FormEvent, useId, useState } from 'react';
import { sendWhisper } from '@/components/calls/calls-client';
import { Button } from '@/components/ui/button';
import { cn } from '@/components/ui/cn';
import { useFailureText } from '@/components/ui/failure';
import { Input } from '@/components/ui/input';
import { isBlank } from '@/lib/core/blank';
import { WHISPER_MAX } from '@/lib/livekit/attributes';

export function Whisper({ room }: { readonly room: string }) {
  const t = useTranslations('whisper');
  const [text, setText] = useState('');
  const { mutate, isPending, isSuccess, error } = useMutation({
    mutationFn: (note: string) => sendWhisper(room, note),
    // What was typed meanwhile stays.
    onSuccess: (_, note) => setText((now) => (now.trim() === note ? '' : now)),
  });
  const failureText = useFailureText();
  const hint = useId();

  function submit(event: FormEvent) {
    event.preventDefault();
    const note = text.trim();
    if (!isBlank(note) && !isPending) mutate(note);
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
        <Button type="submit" disabled={isBlank(text)} aria-disabled={isPending}>
          {t('send')}
        </Button>
      </div>
      <p
        id={hint}
        role="status"
        className={cn('pt-1.5 text-sm', error ? 'text-stop-ink' : 'text-muted-foreground')}
      >
        {error ? `${t('failed')}: ${failureText(error)}` : t(isSuccess ? 'sent' : 'hint')}
      </p>
    </form>
  );
}
