// shadcn's Button in our look: large enough for touch, with a focus ring for the keyboard. Other than shadcn's it is
// outlined unless told otherwise, and submits a form only with type="submit".
import { cva, type VariantProps } from 'class-variance-authority';
import type { ComponentProps } from 'react';

const PRIMARY = 'bg-primary text-primary-foreground hover:bg-primary-hover';

/** The classes of a button, for links that look like one. */
export const buttonVariants = cva(
  "inline-flex items-center justify-center gap-2 rounded-md font-semibold transition-colors duration-150 disabled:opacity-60 [&_svg:not([class*='size-'])]:size-4",
  {
    variants: {
      variant: {
        primary: PRIMARY,
        /** The name in shadcn's components. */
        default: PRIMARY,
        destructive: 'bg-destructive text-white hover:bg-destructive-hover',
        outline:
          'bg-popover text-foreground border border-border hover:bg-accent aria-pressed:border-foreground',
        secondary: 'bg-secondary text-secondary-foreground hover:opacity-90',
        ghost:
          'border border-transparent text-muted-foreground hover:bg-accent hover:text-foreground',
        link: 'text-foreground underline-offset-4 hover:underline',
      },
      size: {
        default: 'min-h-11 px-4 text-base',
        sm: 'min-h-9 px-3 text-sm',
        lg: 'min-h-12 px-5 text-base',
        icon: 'size-11 text-base',
      },
    },
    defaultVariants: { variant: 'outline', size: 'default' },
  },
);

export interface ButtonProps
  extends ComponentProps<'button'>,
    VariantProps<typeof buttonVariants> {}

export function Button({ variant, size, className, type, ...rest }: ButtonProps) {
  const classes = buttonVariants({ variant, size, className });
  return <button data-slot="button" type={type ?? 'button'} className={classes} {...rest} />;
}
