'use client';
// No microphone: why, how to mend it, and that the call goes on in text. Put away once read.
import { useState } from 'react';
import { useMessages } from '@/components/language/language';
import { currentSettings } from '@/components/settings/settings-store';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import type { MicProblem } from '@/lib/call/mic-problem';
import { mainMessages } from '@/lib/messages/main';
import type { CallSession } from './call-session';

export function MicNotice({
  session,
  problem,
}: {
  readonly session: CallSession;
  readonly problem: MicProblem;
}) {
  const { text } = useMessages(mainMessages);
  const [read, setRead] = useState(false);
  if (read) return null;
  return (
    <Notice tone="standby" urgent className="mt-4 w-full" {...text.mics[problem]}>
      {problem !== 'insecure' && (
        <Button onClick={() => void session.microphone.choose(currentSettings().microphone)}>
          {text.micRetry}
        </Button>
      )}
      <Button
        onClick={() => {
          setRead(true);
          document.getElementById('message')?.focus();
        }}
      >
        {text.micText}
      </Button>
    </Notice>
  );
}
