// The agent's visualizer as plain geometry: a ring of lamps, as around a dressing-room mirror. It runs amber while
// waiting for the agent, breathes while it listens, turns while it thinks, and unrolls into bars while it speaks. Pure:
// the canvas only draws the strokes.
import type { Cue } from '@/lib/call/join-state';

/** Lamps in the ring, or bars. Odd, so that one bar is in the middle. */
export const LAMPS = 25;
const TURN = Math.PI * 2;

/** The appearance, eased towards the current state. */
export interface Appearance {
  /** 0 a ring, 1 bars. */
  readonly bars: number;
  /** Share of each motion, 0 to 1. */
  readonly chase: number;
  readonly breath: number;
  readonly comet: number;
  /** Red, green, blue, 0 to 255. */
  readonly color: readonly [number, number, number];
  /** Overall strength, 0 to 1. */
  readonly light: number;
}

/** The appearance of each cue. Colors: amber, green and soft of the stage. */
export const APPEARANCES: Record<Cue, Appearance> = {
  waiting: { bars: 0, chase: 1, breath: 0, comet: 0, color: [255, 176, 0], light: 1 },
  idle: { bars: 0, chase: 0, breath: 1, comet: 0, color: [61, 220, 151], light: 0.9 },
  thinking: { bars: 0, chase: 0, breath: 0, comet: 1, color: [61, 220, 151], light: 1 },
  speaking: { bars: 1, chase: 0, breath: 0, comet: 0, color: [61, 220, 151], light: 1 },
  lost: { bars: 0, chase: 0, breath: 0, comet: 0, color: [122, 132, 146], light: 0.55 },
  ended: { bars: 0, chase: 0, breath: 0, comet: 0, color: [122, 132, 146], light: 0.3 },
};

const mix = (a: number, b: number, part: number) => a + (b - a) * part;

/** Interpolates between two appearances; `part` is 0 to 1. */
export function mixAppearances(a: Appearance, b: Appearance, part: number): Appearance {
  return {
    bars: mix(a.bars, b.bars, part),
    chase: mix(a.chase, b.chase, part),
    breath: mix(a.breath, b.breath, part),
    comet: mix(a.comet, b.comet, part),
    light: mix(a.light, b.light, part),
    color: [
      mix(a.color[0], b.color[0], part),
      mix(a.color[1], b.color[1], part),
      mix(a.color[2], b.color[2], part),
    ],
  };
}

/** One stroke in units of the ring's radius, with the center at 0,0. */
export interface Stroke {
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
  /** 0 to 1. */
  readonly light: number;
}

/** Input of a drawing. */
export interface Drive {
  readonly look: Appearance;
  /** Seconds; constant for people who prefer reduced motion. */
  readonly time: number;
  /** The agent's tones from low to high, 0 to 1, as many as lamps. */
  readonly agent: readonly number[];
  /** The caller's loudness, 0 to 1. */
  readonly caller: number;
}

/** Half the width of the unrolled bars, in radii. */
const SPREAD = 1.62;
/** Half-height of the tallest bar, in radii. */
const TALL = 1.12;
const SHORT = 0.05;

function lampLight({ look, time }: Drive, angle: number): number {
  const behind = (((angle - time * 3.4) % TURN) + TURN) % TURN;
  const comet = 0.12 + 0.88 * (behind / TURN) ** 2.2;
  const chase = 0.2 + 0.8 * (0.5 + 0.5 * Math.cos(angle * 2 - time * 3)) ** 3;
  const breath = 0.8 + 0.2 * Math.sin(time * 1.5);
  const rest = 1 - look.comet - look.chase - look.breath;
  return look.light * (look.comet * comet + look.chase * chase + look.breath * breath + rest);
}

/** The stroke of every lamp. */
export function strokes(drive: Drive): Stroke[] {
  const { look, time, agent, caller } = drive;
  const middle = (LAMPS - 1) / 2;
  const whole = Math.max(0, ...agent);
  const radius = 1 + look.breath * (0.035 * Math.sin(time * 1.5) + 0.1 * caller);
  return Array.from({ length: LAMPS }, (_, place) => {
    // The ring opens at the bottom and unrolls to both sides.
    const angle = Math.PI / 2 + ((place + 0.5) / LAMPS) * TURN;
    const out = Math.abs(place - middle) / middle;
    // Low tones in the middle, high ones at the edges; neighbouring tones on either side.
    const steps = Math.abs(place - middle) * 2 - (place < middle ? 1 : 0);
    const tone = agent[Math.min(agent.length - 1, steps)] ?? 0;
    // The square of a logarithmic strength, so that quiet tones stay short. Part of it is the whole voice, so that the
    // middle, where many voices have little energy, is never empty.
    const loud = Math.min(1, (0.62 * tone + 0.38 * whole) ** 2 * 1.2);
    const half = mix(
      0.03 + look.breath * caller * 0.2 * (0.6 + 0.4 * Math.cos(angle * 4 + time * 5)),
      SHORT + TALL * loud * (1 - 0.5 * out * out),
      look.bars,
    );
    const x = mix(Math.cos(angle) * radius, ((place - middle) / middle) * SPREAD, look.bars);
    const y = mix(Math.sin(angle) * radius, 0, look.bars);
    const up = Math.sin(angle) >= 0 ? 1 : -1;
    const dx = mix(Math.cos(angle), 0, look.bars);
    const dy = mix(Math.sin(angle), up, look.bars);
    const norm = Math.hypot(dx, dy) || 1;
    const [hx, hy] = [(dx / norm) * half, (dy / norm) * half];
    return { x1: x - hx, y1: y - hy, x2: x + hx, y2: y + hy, light: lampLight(drive, angle) };
  });
}
