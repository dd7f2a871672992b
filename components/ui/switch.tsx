// A switch: a button that looks like shadcn's, and like it is toggled with the space bar and Enter.
import type { ComponentProps } from 'react';
import { cn } from '@/components/ui/cn';

interface SwitchProps extends Omit<ComponentProps<'button'>, 'type' | 'onClick'> {
  readonly checked: boolean;
  readonly onCheckedChange: (checked: boolean) => void;
}

export function Switch({ checked, onCheckedChange, className, ...rest }: SwitchProps) {
  return (
    <button
      data-slot="switch"
      {...rest}
      type="button"
      role="switch"
      aria-checked={checked}
      onClick={() => onCheckedChange(!checked)}
      className={cn(
        'group inline-flex h-7 w-12 flex-none items-center rounded-full border border-input bg-accent p-[3px] transition-colors duration-150 disabled:opacity-50 aria-checked:border-go aria-checked:bg-go',
        className,
      )}
    >
      <span className="pointer-events-none block size-5 rounded-full bg-input transition-[translate] duration-150 group-aria-checked:translate-x-5 group-aria-checked:bg-card" />
    </button>
  );
}
