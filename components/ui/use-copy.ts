// Copies text to the clipboard.
import { useState } from 'react';
import { copyText } from '@/components/ui/browser';

/** `copied` is the result of the last copy. */
export function useCopy() {
  const [copied, setCopied] = useState<'no' | 'yes' | 'failed'>('no');
  const copy = async (text: string) => setCopied((await copyText(text)) ? 'yes' : 'failed');
  return { copied, copy };
}
