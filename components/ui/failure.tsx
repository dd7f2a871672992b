// Why an action has failed, announced by screen readers.
import { cn } from '@/components/ui/cn';

interface FailureProps {
  readonly what: string;
  /** Undefined without a failure. */
  readonly why: string | undefined;
  readonly className?: string;
}

export function Failure({ what, why, className }: FailureProps) {
  if (!why) return null;
  return (
    <p role="alert" className={cn('text-[14px] text-stop-ink', className)}>
      {what}: {why}
    </p>
  );
}
