'use client';
// The caller's microphone level as four bars.
import { useEffect, useRef } from 'react';
import type { Meter } from '@/components/audio/meter';
import { drawLoop } from '@/components/ui/draw-loop';

const SHAPE = [0.45, 1, 0.75, 0.55] as const;
const HIGH = 18;
const LOW = 3;

export function LevelBars({ meter }: { readonly meter: Meter }) {
  const bars = useRef<SVGSVGElement>(null);
  useEffect(() => {
    let shown = 0;
    return drawLoop(() => {
      const level = meter.level();
      shown = level > shown ? level : shown * 0.74;
      bars.current?.querySelectorAll('rect').forEach((bar, place) => {
        const full = LOW + (HIGH - LOW) * Math.min(1, shown * 1.6) * (SHAPE[place] ?? 1);
        // Rounded to half pixels, so that inaudible changes cause no layout.
        const height = Math.round(full * 2) / 2;
        bar.setAttribute('height', String(height));
        bar.setAttribute('y', String((20 - height) / 2));
      });
    });
  }, [meter]);
  return (
    <svg ref={bars} viewBox="0 0 20 20" className="size-5 fill-go" aria-hidden="true">
      {SHAPE.map((shape, place) => (
        <rect key={shape} x={1 + place * 5} y="8" width="3" height="3" rx="1.5" />
      ))}
    </svg>
  );
}
