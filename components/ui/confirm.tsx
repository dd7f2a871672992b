// Asks before an action that cannot be undone. The focus moves to the button that cancels, and back to the first button.
import { useMutation } from '@tanstack/react-query';
import { Trash2 } from 'lucide-react';
import { type ReactNode, type Ref, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { Button, type ButtonProps } from '@/components/ui/button';
import { cn } from '@/components/ui/cn';
import { Failure, useFailureText } from '@/components/ui/failure';

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

/** Properties of the button that opens the question. */
interface Opener {
  readonly ref: Ref<HTMLButtonElement>;
  readonly onClick: () => void;
}

interface ConfirmProps {
  readonly words: { readonly ask: string; readonly yes: string; readonly no: string };
  /** Variant of the confirming button. */
  readonly variant?: ButtonProps['variant'];
  readonly busy?: boolean;
  /** Calls `close` if what is asked about is still there afterwards. */
  readonly onYes: (close: () => void) => void;
  /** Classes of the question and its buttons, and of the question. */
  readonly className?: string | undefined;
  readonly askClass?: string | undefined;
  /** What the question replaces. */
  readonly children: (opener: Opener) => ReactNode;
}

export function Confirm(props: ConfirmProps) {
  const { words, variant = 'destructive', busy, onYes, className, askClass, children } = props;
  const { asking, ask, button, keep } = useConfirm();
  if (!asking) return children({ ref: button, onClick: () => ask(true) });
  const close = () => ask(false);
  return (
    // The key keeps React from turning the opened button into one of these.
    <div key="asking" className={cn('flex min-h-11 flex-wrap items-center gap-2', className)}>
      <span className={cn('mr-1 text-base', askClass)}>{words.ask}</span>
      <Button variant={variant} aria-disabled={busy} onClick={() => busy || onYes(close)}>
        {words.yes}
      </Button>
      <Button ref={keep} onClick={close}>
        {words.no}
      </Button>
    </div>
  );
}

interface ConfirmDeleteProps extends Pick<ConfirmProps, 'className' | 'askClass'> {
  readonly words: ConfirmProps['words'] & {
    readonly button: string;
    readonly busy: string;
    readonly failed: string;
  };
  /** Deletes; the message of an error is shown. */
  readonly onDelete: () => Promise<void>;
}

/** A button that deletes something and disappears with it. */
export function ConfirmDelete({ words, onDelete, className, askClass }: ConfirmDeleteProps) {
  const { mutate, isPending, error } = useMutation({ mutationFn: onDelete });
  const failureText = useFailureText();
  const yes = isPending ? words.busy : words.yes;
  return (
    <div className={className}>
      <Confirm
        words={{ ...words, yes }}
        busy={isPending}
        onYes={(close) => mutate(undefined, { onSettled: close })}
        askClass={askClass}
      >
        {(opener) => (
          <Button variant="ghost" {...opener}>
            <Trash2 aria-hidden="true" className="size-[18px]" />
            {words.button}
          </Button>
        )}
      </Confirm>
      <Failure what={words.failed} why={error ? failureText(error) : undefined} className="mt-2" />
    </div>
  );
}
