// State of a confirmation. The focus moves to the button that cancels, and back to the first button.
import { useRef, useState } from 'react';
import { flushSync } from 'react-dom';

/** Whether the question is shown; `button` opens it, `keep` has the focus then, usually to cancel. */
export function useConfirm<Keep extends HTMLElement = HTMLButtonElement>() {
  const [asking, setAsking] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const keep = useRef<Keep>(null);
  const ask = (whether: boolean) => {
    flushSync(() => setAsking(whether));
    (whether ? keep : button).current?.focus();
  };
  return { asking, ask, button, keep };
}
