'use client';
// How loud the microphone is, as a bar.
import { useEffect, useRef } from 'react';
import type { Meter } from '@/components/call/meter';
import { useTexts } from '@/components/language/language';
import { drawLoop } from '@/components/ui/draw-loop';
import { mainTexts } from '@/lib/text/main';

export function LevelBar({ meter }: { readonly meter: Meter }) {
  const { text } = useTexts(mainTexts);
  const bar = useRef<HTMLDivElement>(null);
  useEffect(() => {
    let shown = 0;
    return drawLoop(() => {
      shown = Math.max(meter.level(), shown * 0.85);
      if (bar.current) bar.current.style.transform = `scaleX(${Math.min(1, shown * 1.4)})`;
    });
  }, [meter]);
  return (
    <div
      role="img"
      aria-label={text.settings.testLevel}
      className="h-2.5 w-full overflow-hidden rounded-full bg-hover"
    >
      <div ref={bar} className="h-full origin-left scale-x-0 rounded-full bg-go" />
    </div>
  );
}
