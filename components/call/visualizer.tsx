'use client';
// Visualizes the agent's audio and state. With reduced motion, it shows only the loudness.
import { useEffect, useRef } from 'react';
import type { Meter } from '@/components/audio/meter';
import { cn } from '@/components/ui/cn';
import { drawLoop, reducedMotion } from '@/components/ui/draw-loop';
import type { Cue } from '@/lib/call/join-state';
import {
  APPEARANCES,
  type Appearance,
  LAMPS,
  mixAppearances,
  type Stroke,
  strokes,
} from '@/lib/call/visualizer';

/** The size of the visualizer, and of the video that replaces it: nothing moves. */
export const VISUALIZER_BOX =
  'h-40 min-h-0 w-full max-w-[30rem] shrink-[99] lg:my-[min(1.5rem,2dvh)] lg:h-[min(16rem,34dvh)] narrow:[:has([data-notice])>&]:h-24';

interface VisualizerProps {
  readonly cue: Cue;
  readonly voice: Meter;
  readonly caller: Meter;
}

/** Time constant in milliseconds of the transition between two states. */
const EASE_MS = 110;

const towards = (from: number, to: number, rise: number, fall: number) =>
  from + (to - from) * (to > from ? rise : fall);

type Color = Appearance['color'];

const rgb = (color: Color, towardsWhite = 0) =>
  `rgb(${color.map((part) => Math.round(part + (255 - part) * towardsWhite)).join(' ')})`;

function paint(
  canvas: HTMLCanvasElement,
  lines: readonly Stroke[],
  { color, bars }: Appearance,
): void {
  const context = canvas.getContext('2d');
  if (!context) return;
  const scale = Math.min(window.devicePixelRatio || 1, 2);
  const { clientWidth: width, clientHeight: height } = canvas;
  if (canvas.width !== Math.round(width * scale) || canvas.height !== Math.round(height * scale)) {
    canvas.width = Math.round(width * scale);
    canvas.height = Math.round(height * scale);
  }
  // The bars are 2·1.17 radii high and 2·1.62 wide, plus round ends.
  const radius = Math.min(height / 2.6, width / 3.6);
  context.setTransform(scale, 0, 0, scale, (width * scale) / 2, (height * scale) / 2);
  context.clearRect(-width / 2, -height / 2, width, height);
  context.lineCap = 'round';
  context.lineWidth = radius * 0.082;
  // Bars are shaded from above; the other shapes have one color.
  const lit = context.createLinearGradient(0, -radius, 0, radius);
  lit.addColorStop(0, rgb(color, 0.6 * bars));
  lit.addColorStop(1, rgb(color));
  context.strokeStyle = lit;
  for (const { x1, y1, x2, y2, light } of lines) {
    context.globalAlpha = Math.max(0, Math.min(1, light));
    context.beginPath();
    context.moveTo(x1 * radius, y1 * radius);
    context.lineTo(x2 * radius, y2 * radius);
    context.stroke();
  }
}

export function Visualizer({ cue, voice, caller }: VisualizerProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const glow = useRef<HTMLDivElement>(null);
  const wanted = useRef(cue);
  wanted.current = cue;

  useEffect(() => {
    let look = APPEARANCES[wanted.current];
    let agent: number[] = Array.from({ length: LAMPS }, () => 0);
    let said = 0;
    let before = performance.now();
    return drawLoop((now) => {
      const still = reducedMotion();
      const part = still ? 1 : 1 - Math.exp(-(now - before) / EASE_MS);
      before = now;
      look = mixAppearances(look, APPEARANCES[wanted.current], part);
      const tones = voice.bands(LAMPS);
      agent = agent.map((was, tone) => towards(was, tones[tone] ?? 0, 0.8, 0.3));
      said = towards(said, caller.level(), 0.64, 0.23);
      const time = still ? 0 : now / 1_000;
      if (canvas.current) paint(canvas.current, strokes({ look, time, agent, caller: said }), look);
      if (glow.current) {
        const loud = agent.reduce((sum, tone) => sum + tone, 0) / LAMPS;
        const level = look.light * (0.3 + look.bars * loud * 1.1 + look.breath * said * 0.4);
        // Rounded to invisible steps: the element is large, and each change repaints it.
        glow.current.style.opacity = Math.min(1, level).toFixed(2);
        glow.current.style.color = rgb(look.color);
      }
    });
  }, [voice, caller]);

  return (
    <div aria-hidden="true" className={cn('relative', VISUALIZER_BOX)}>
      {/* Its own layer: otherwise the whole gradient is repainted in each frame. */}
      <div
        ref={glow}
        className="pointer-events-none absolute top-1/2 left-1/2 -z-10 h-[150%] w-[170%] -translate-x-1/2 -translate-y-1/2 bg-[radial-gradient(closest-side,color-mix(in_srgb,currentColor_26%,transparent),transparent)] opacity-0 will-change-[opacity] lg:h-[210%]"
      />
      {/* The surroundings are the first to shrink. */}
      <canvas
        ref={canvas}
        className="absolute top-2 block h-[calc(100%-1rem)] w-full lg:top-0 lg:h-full"
      />
    </div>
  );
}
