// A message with optional actions. Not a dialog: it blocks nothing.
import type { ReactNode } from 'react';
import { cn } from '@/components/ui/cn';

const TONES = {
  standby: 'border-l-amber',
  stop: 'border-l-destructive',
  staging: 'border-l-staging',
} as const;

interface NoticeProps {
  readonly tone: keyof typeof TONES;
  readonly title?: string;
  readonly body?: ReactNode;
  /** Whether screen readers announce it immediately. */
  readonly urgent?: boolean;
  readonly className?: string;
  /** Buttons. */
  readonly children?: ReactNode;
}

export function Notice({ tone, title, body, urgent = false, className, children }: NoticeProps) {
  return (
    <div
      data-notice=""
      role={urgent ? 'alert' : undefined}
      className={cn(
        'mt-5 max-w-[34rem] animate-arrive rounded-md border border-border border-l-4 bg-card p-4 text-left text-sm leading-relaxed text-foreground',
        TONES[tone],
        className,
      )}
    >
      {title && <p className="font-semibold text-base">{title}</p>}
      {body && <div className="text-muted-foreground">{body}</div>}
      {children && <div className="mt-3 flex flex-wrap gap-2 empty:hidden">{children}</div>}
    </div>
  );
}
