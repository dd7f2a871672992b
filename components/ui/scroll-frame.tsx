import type { ReactNode } from 'react';

interface ScrollFrameProps {
  readonly label: string;
  readonly className?: string;
  readonly children: ReactNode;
}

/** A scrollable area that can be scrolled with the keyboard. */
export const ScrollFrame = ({ label, className = '', children }: ScrollFrameProps) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
  <section aria-label={label} tabIndex={0} className={`relative overflow-auto ${className}`}>
    {children}
  </section>
);
