// Closes what has opened over a page on a press elsewhere, and when the focus leaves it.
import { type FocusEvent, useEffect, useEffectEvent, useRef } from 'react';

/** @returns the properties of the element that holds it and the button that opens it */
export function useDismiss(isOpen: boolean, close: () => void) {
  const frame = useRef<HTMLDivElement>(null);
  const onPress = useEffectEvent(({ target }: PointerEvent) => {
    if (!frame.current?.contains(target as Node)) close();
  });
  useEffect(() => {
    if (!isOpen) return;
    document.addEventListener('pointerdown', onPress);
    return () => document.removeEventListener('pointerdown', onPress);
  }, [isOpen]);
  return {
    ref: frame,
    onBlur: ({ relatedTarget }: FocusEvent) => {
      if (relatedTarget && !frame.current?.contains(relatedTarget)) close();
    },
  };
}
