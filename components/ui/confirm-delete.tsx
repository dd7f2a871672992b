// A button that deletes something after a confirmation, and shows errors.
import { Trash2 } from 'lucide-react';
import { Button } from './button';
import { cn } from './cn';
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
  /** Whether the deletion is in progress. */
  readonly busy: boolean;
  /** Why the last one failed. */
  readonly problem: string | undefined;
  readonly onDelete: () => void;
  readonly className?: string;
  /** Class of the question. */
  readonly askClass?: string;
}

export function ConfirmDelete(props: ConfirmDeleteProps) {
  const { words, busy, problem, onDelete, className, askClass } = props;
  const { asking, ask, button, keep } = useConfirm();
  return (
    <div className={cn('flex min-h-11 flex-wrap items-center gap-2', className)}>
      {asking ? (
        <>
          <span className={cn('mr-1 text-[15px]', askClass)}>{words.ask}</span>
          <Button variant="destructive" aria-disabled={busy} onClick={onDelete}>
            {busy ? words.busy : words.yes}
          </Button>
          <Button ref={keep} onClick={() => ask(false)}>
            {words.no}
          </Button>
        </>
      ) : (
        <Button
          ref={button}
          className="border-transparent bg-transparent text-soft hover:text-ink"
          onClick={() => ask(true)}
        >
          <Trash2 aria-hidden="true" className="size-[18px]" />
          {words.button}
        </Button>
      )}
      {problem && (
        <p role="alert" className="w-full text-[14px] text-stop-ink">
          {words.failed}: {problem}
        </p>
      )}
    </div>
  );
}
