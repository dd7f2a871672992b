'use client';
// The keypad during a call, for agents that ask for a number. Works with the keyboard too, and shows the pressed
// keys.
import { X } from 'lucide-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useMessages } from '@/components/language/language';
import { Button } from '@/components/ui/button';
import { mainMessages } from '@/lib/messages/main';
import type { CallSession } from './call-session';

/** In the order of a phone keypad. */
const KEYS = '123456789*0#';
/** Number of pressed keys that fit into the panel. */
const SHOWN = 20;

interface KeypadPanelProps {
  readonly id: string;
  readonly session: CallSession;
  readonly onClose: () => void;
}

export function KeypadPanel({ id, session, onClose }: KeypadPanelProps) {
  const { text } = useMessages(mainMessages);
  const [pressed, setPressed] = useState('');
  const [failed, setFailed] = useState(false);
  const panel = useRef<HTMLElement>(null);
  useEffect(() => panel.current?.focus(), []);

  async function press(key: string) {
    setPressed((before) => (before + key).slice(-SHOWN));
    const sent = session.pressKey(key).then(
      () => true,
      () => false,
    );
    setFailed(!(await sent));
  }

  function onKeyDown({ key, ctrlKey, metaKey, altKey }: KeyboardEvent) {
    if (key === 'Escape') onClose();
    else if (key.length === 1 && KEYS.includes(key) && !ctrlKey && !metaKey && !altKey) {
      void press(key);
    }
  }

  return (
    <section
      id={id}
      ref={panel}
      tabIndex={-1}
      data-notice=""
      aria-label={text.call.keypad}
      onKeyDown={onKeyDown}
      className="mt-2 min-h-0 w-[17rem] max-w-full animate-arrive overflow-y-auto rounded-large border border-line bg-surface p-3 shadow-board short:w-full lg:p-4"
    >
      <div className="flex items-center justify-between gap-3">
        <output
          aria-label={text.call.pressed}
          className="num min-h-7 min-w-0 truncate text-[20px] text-ink"
        >
          {pressed}
        </output>
        <Button
          aria-label={text.call.closeKeypad}
          onClick={onClose}
          className="-my-2.5 -mr-2 min-w-11 border-transparent bg-transparent px-0"
        >
          <X aria-hidden="true" className="size-5" />
        </Button>
      </div>
      <fieldset
        aria-label={text.call.keys}
        className="mt-2 grid grid-cols-3 gap-1.5 short:grid-cols-6 lg:gap-2"
      >
        {[...KEYS].map((key) => (
          <Button
            key={key}
            onClick={() => void press(key)}
            className="num min-h-10! px-0! text-[20px] lg:min-h-12!"
          >
            {key}
          </Button>
        ))}
      </fieldset>
      {failed && (
        <p role="alert" className="mt-2 text-[14px] text-stop-ink">
          {text.call.keyFailed}
        </p>
      )}
    </section>
  );
}
