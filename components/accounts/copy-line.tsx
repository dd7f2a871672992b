'use client';
// A link or key to copy, shown once.
import { useState } from 'react';
import { useMessages } from '@/components/language/language';
import { Button } from '@/components/ui/button';
import { accountsMessages } from '@/lib/messages/accounts';

interface CopyLineProps {
  /** What to do with it. */
  readonly label: string;
  readonly value: string;
}

export function CopyLine({ label, value }: CopyLineProps) {
  const { accountsText } = useMessages(accountsMessages);
  const [copied, setCopied] = useState<string>();
  const copy = () =>
    navigator.clipboard.writeText(value).then(
      () => setCopied(value),
      // It can still be selected and copied by hand.
      () => setCopied(undefined),
    );
  return (
    <div role="status" className="rounded-md border border-border bg-popover p-3.5">
      <p className="text-[14px]">{label}</p>
      <div className="mt-2 flex flex-wrap items-center gap-2">
        <code className="min-w-0 flex-1 basis-60 break-all text-[14px] [font-variant-ligatures:none]">
          {value}
        </code>
        <Button onClick={() => void copy()}>
          {copied === value ? accountsText.copied : accountsText.copy}
        </Button>
      </div>
    </div>
  );
}
