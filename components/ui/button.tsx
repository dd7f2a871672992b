// The one button: four looks, one behaviour. Tall enough for a thumb, with a ring for the keyboard.
import type { ComponentProps } from 'react';
import { cn } from './cn';

const LOOKS = {
  go: 'bg-cue text-cue-ink hover:bg-cue-hover',
  stop: 'bg-stop text-white hover:bg-stop-hover',
  plain: 'bg-raised text-ink border border-line hover:bg-hover',
  ink: 'bg-ink text-surface hover:opacity-90',
} as const;

export interface ButtonProps extends ComponentProps<'button'> {
  readonly look?: keyof typeof LOOKS;
}

export function Button({ look = 'plain', className, type = 'button', ...rest }: ButtonProps) {
  return (
    <button
      type={type}
      className={cn(
        'inline-flex min-h-11 items-center justify-center gap-2 rounded-mid px-4 text-[15px] font-semibold',
        'transition-colors duration-150 disabled:opacity-60',
        LOOKS[look],
        className,
      )}
      {...rest}
    />
  );
}
