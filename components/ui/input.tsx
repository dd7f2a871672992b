// shadcn's Input in our look.
import type { ComponentProps } from 'react';
import { cn } from '@/components/ui/cn';

/** The classes of a control that takes text or a choice. */
export const INPUT_CLASS =
  'min-h-11 w-full min-w-0 rounded-md border border-input bg-popover px-3.5 text-base text-foreground placeholder:text-muted-foreground aria-invalid:border-destructive';

export function Input({ className, ...rest }: ComponentProps<'input'>) {
  return <input data-slot="input" className={cn(INPUT_CLASS, className)} {...rest} />;
}
