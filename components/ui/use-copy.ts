// Copies text to the clipboard.
import { useState } from 'react';

/** `copied` is the result of the last copy. Browsers without a clipboard, as on pages without https, fail. */
export function useCopy() {
  const [copied, setCopied] = useState<'no' | 'yes' | 'failed'>('no');
  const copy = (text: string) =>
    (navigator.clipboard?.writeText(text) ?? Promise.reject()).then(
      () => setCopied('yes'),
      () => setCopied('failed'),
    );
  return { copied, copy };
}
