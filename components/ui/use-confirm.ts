// What cannot be undone is asked for twice. The focus goes with the question: to the way out of it, and
// back to where it was asked from.
import { useRef, useState } from 'react';
import { flushSync } from 'react-dom';

/** Whether it is being asked; `button` is what asks, `keep` what leaves everything as it is. */
export function useConfirm() {
  const [asking, setAsking] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const keep = useRef<HTMLButtonElement>(null);
  const ask = (whether: boolean) => {
    flushSync(() => setAsking(whether));
    (whether ? keep : button).current?.focus();
  };
  return { asking, ask, button, keep };
}
