// The button of the app: large enough for touch, with a focus ring for the keyboard.
import type { ComponentProps } from 'react';
import { cn } from './cn';

const VARIANTS = {
  primary: 'bg-cue text-cue-ink hover:bg-cue-hover',
  destructive: 'bg-stop text-white hover:bg-stop-hover',
  outline: 'bg-raised text-ink border border-line hover:bg-hover',
  secondary: 'bg-ink text-surface hover:opacity-90',
} as const;

export interface ButtonProps extends ComponentProps<'button'> {
  readonly variant?: keyof typeof VARIANTS;
}

/** The classes of a button, for links that look like one. */
export const buttonClass = (variant: keyof typeof VARIANTS = 'outline', className?: string) =>
  cn(
    'inline-flex min-h-11 items-center justify-center gap-2 rounded-mid px-4 text-[15px] font-semibold',
    'transition-colors duration-150 disabled:opacity-60',
    VARIANTS[variant],
    className,
  );

export function Button({ variant, className, type = 'button', ...rest }: ButtonProps) {
  return <button type={type} className={buttonClass(variant, className)} {...rest} />;
}
