// A button that deletes something after a confirmation, and shows errors.
import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { Button } from './button';
import { cn } from './cn';
import { Failure } from './failure';
import { toApiError } from './request';
import { useConfirm } from './use-confirm';

interface ConfirmDeleteProps {
  readonly words: {
    readonly button: string;
    readonly ask: string;
    readonly yes: string;
    readonly no: string;
    readonly busy: string;
    readonly failed: string;
  };
  /** Deletes; the message of an error is shown. */
  readonly onDelete: () => Promise<void>;
  readonly className?: string;
  /** Class of the question. */
  readonly askClass?: string;
}

export function ConfirmDelete(props: ConfirmDeleteProps) {
  const { words, onDelete, className, askClass } = props;
  const { asking, ask, button, keep } = useConfirm();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const remove = async () => {
    if (busy) return;
    setBusy(true);
    setProblem(undefined);
    try {
      await onDelete();
    } catch (error) {
      setProblem(toApiError(error).message);
      setBusy(false);
    }
  };
  return (
    <div className={cn('flex min-h-11 flex-wrap items-center gap-2', className)}>
      {asking ? (
        <>
          <span className={cn('mr-1 text-[15px]', askClass)}>{words.ask}</span>
          <Button variant="destructive" aria-disabled={busy} onClick={remove}>
            {busy ? words.busy : words.yes}
          </Button>
          <Button ref={keep} onClick={() => ask(false)}>
            {words.no}
          </Button>
        </>
      ) : (
        <Button ref={button} variant="ghost" onClick={() => ask(true)}>
          <Trash2 aria-hidden="true" className="size-[18px]" />
          {words.button}
        </Button>
      )}
      <Failure what={words.failed} why={problem} className="w-full" />
    </div>
  );
}
