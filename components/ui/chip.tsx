// A small label with a status light. Always with text, because color alone is not accessible.
import type { ReactNode } from 'react';
import { cn } from '@/components/ui/cn';

const TONES = {
  go: 'border-border bg-card text-foreground [&_.lamp]:text-go',
  off: 'border-border bg-card text-muted-foreground [&_.lamp]:text-input',
  standby: 'border-transparent bg-standby-ground text-standby',
  stop: 'border-transparent bg-stop-ground text-stop-ink',
  staging: 'border-transparent bg-staging-ground text-staging',
} as const;
export type ChipTone = keyof typeof TONES;

interface ChipProps {
  readonly tone: ChipTone;
  readonly children: ReactNode;
  /** For screen readers, if the visible text is too short. */
  readonly label?: string | undefined;
  readonly className?: string;
}

export function Chip({ tone, children, label, className }: ChipProps) {
  return (
    <span
      className={cn(
        'inline-flex h-7 max-w-full items-center gap-1.5 whitespace-nowrap rounded-full border px-2.5 text-sm font-semibold',
        TONES[tone],
        className,
      )}
    >
      <span className="lamp" aria-hidden="true" />
      <span aria-hidden={label ? true : undefined} className="truncate">
        {children}
      </span>
      {label && <span className="sr-only">{label}</span>}
    </span>
  );
}
