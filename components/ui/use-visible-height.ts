'use client';
// The height above the keyboard of iOS, which covers a page instead of resizing it, and ignores `interactive-widget`.
import { useEffect } from 'react';

/** Sets `--visible-height` to the height that the page can be seen in, as long as the component is shown. */
export function useVisibleHeight(): void {
  useEffect(() => {
    const viewport = window.visualViewport;
    if (!viewport) return;
    const { style } = document.documentElement;
    const measure = () => {
      // Zooming in makes the visible part smaller, too.
      style.setProperty('--visible-height', `${viewport.height * viewport.scale}px`);
      // iOS scrolls to the text field before the page fits again.
      if (viewport.scale === 1 && viewport.offsetTop > 0) window.scrollTo(0, 0);
    };
    measure();
    viewport.addEventListener('resize', measure);
    return () => {
      viewport.removeEventListener('resize', measure);
      style.removeProperty('--visible-height');
    };
  }, []);
}
