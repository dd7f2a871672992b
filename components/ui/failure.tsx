'use client';
// Failed requests and actions, in words.
import { useTranslations } from 'next-intl';
import { useCallback } from 'react';
import { cn } from '@/components/ui/cn';
import { FAILURES, toApiError } from '@/components/ui/request';

/** Returns the function that says why something has failed, from whatever was thrown. */
export function useFailureText(): (error: unknown) => string {
  const t = useTranslations('shell');
  return useCallback(
    (error) => {
      const { message } = toApiError(error);
      const known = FAILURES.find((one) => one === message);
      return known ? t(known) : message;
    },
    [t],
  );
}

interface FailureProps {
  readonly what: string;
  /** Undefined without a failure. */
  readonly why: string | undefined;
  readonly className?: string;
}

/** Why an action has failed, announced by screen readers. */
export function Failure({ what, why, className }: FailureProps) {
  if (!why) return null;
  return (
    <p role="alert" className={cn('text-sm text-stop-ink', className)}>
      {what}: {why}
    </p>
  );
}
