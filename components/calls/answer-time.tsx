// How long an answer took: amber from where callers notice a delay.
import type { ReactNode } from 'react';
import { cn } from '@/components/ui/cn';

/** Milliseconds of an answer from which callers notice the delay. */
export const SLOW_ANSWER_MS = 1_000;

interface AnswerTimeProps {
  readonly ms: number;
  readonly title?: string;
  readonly children: ReactNode;
}

export function AnswerTime({ ms, title, children }: AnswerTimeProps) {
  return (
    <span
      title={title}
      className={cn(
        'num rounded-full px-1.5 py-px text-xs',
        ms >= SLOW_ANSWER_MS ? 'bg-standby-ground text-standby' : 'bg-go-ground text-go',
      )}
    >
      {children}
    </span>
  );
}
