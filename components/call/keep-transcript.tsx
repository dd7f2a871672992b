'use client';
// The transcript of a call that is over, to copy and to keep.
import { Copy, Download } from 'lucide-react';
import { useState } from 'react';
import { useMessages } from '@/components/language/language';
import { Button } from '@/components/ui/button';
import { mainMessages } from '@/lib/messages/main';

function save(name: string, words: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([words], { type: 'text/plain;charset=utf-8' }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1_000);
}

interface KeepTranscriptProps {
  /** Name of the file without what all have. */
  readonly name: string;
  /** Writes the transcript. */
  readonly words: () => string;
}

export function KeepTranscript({ name, words }: KeepTranscriptProps) {
  const { text } = useMessages(mainMessages);
  const [copied, setCopied] = useState<'no' | 'yes' | 'failed'>('no');
  const copy = () =>
    (navigator.clipboard?.writeText(words()) ?? Promise.reject()).then(
      () => setCopied('yes'),
      () => setCopied('failed'),
    );
  const today = () => new Date().toISOString().slice(0, 10);
  return (
    <>
      <Button onClick={copy}>
        <Copy aria-hidden="true" className="size-4" />
        {copied === 'yes' ? text.after.copied : text.after.copy}
      </Button>
      <Button onClick={() => save(text.after.file(name, today()), words())}>
        <Download aria-hidden="true" className="size-4" />
        {text.after.download}
      </Button>
      <span role="alert" className="text-[13px] text-stop-ink empty:hidden">
        {copied === 'failed' && text.after.copyFailed}
      </span>
    </>
  );
}
