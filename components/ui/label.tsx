// shadcn's Label in our look.
import type { ComponentProps } from 'react';
import { cn } from '@/components/ui/cn';

export function Label({ className, ...rest }: ComponentProps<'label'>) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the caller names the control with htmlFor
    <label data-slot="label" className={cn('font-semibold text-base', className)} {...rest} />
  );
}
