'use client';
// A scrolling box that follows its newest entry unless its reader has scrolled up, and the button that leads back there.
import { ArrowDown } from 'lucide-react';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { isAway } from '@/lib/call/transcript-scroll';

/** The box, whose scroll events call `watch`; `away` is whether its reader has scrolled up, `toEnd` leads to the newest. */
export function useNewest() {
  const frame = useRef<HTMLDivElement>(null);
  const [away, setAway] = useState(false);
  // A ref, because a new entry may arrive in the same frame in which the reader scrolls.
  const reader = useRef({ isAway: false, top: 0 });
  const watch = () => {
    const box = frame.current;
    if (!box) return;
    reader.current = {
      isAway: isAway(reader.current.isAway, reader.current.top, box),
      top: box.scrollTop,
    };
    setAway(reader.current.isAway);
  };
  const follow = useEffectEvent(() => {
    watch();
    if (!reader.current.isAway) frame.current?.scrollTo({ top: frame.current.scrollHeight });
  });
  const toEnd = () => {
    reader.current.isAway = false;
    frame.current?.scrollTo({ top: frame.current.scrollHeight });
    watch();
  };

  // On each new entry, and when the box is resized.
  useEffect(() => {
    const box = frame.current;
    if (!box) return;
    const sizes = new ResizeObserver(() => follow());
    for (const one of [box, ...box.children]) sizes.observe(one);
    return () => sizes.disconnect();
  }, []);
  return { frame, away, watch, toEnd };
}

interface NewestButtonProps {
  readonly label: string;
  readonly onClick: () => void;
}

/** Leads back to the newest entry. */
export function NewestButton({ label, onClick }: NewestButtonProps) {
  return (
    <button
      type="button"
      onClick={onClick}
      className="m-1.5 inline-flex min-h-9 flex-none items-center gap-1.5 self-center rounded-full bg-foreground px-3.5 font-semibold text-sm text-card shadow-board"
    >
      <ArrowDown aria-hidden="true" className="size-4" />
      {label}
    </button>
  );
}
