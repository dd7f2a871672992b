// How charts show deployments: by color, and each also by its own shape, because color alone is not accessible.

/** Color of a deployment by its index. */
export const colorOf = (place: number): string =>
  place === 0 ? 'var(--foreground)' : 'var(--staging)';
/** Color of calls without an agent. */
export const MISSED = 'var(--stop-ink)';
/** Dash pattern of p95 lines. */
export const DASHES = '4 4';

interface DotProps {
  readonly cx?: number | undefined;
  readonly cy?: number | null | undefined;
  readonly place: number;
}

/** A point of a line: round for the default deployment, square for others. */
export function Dot({ cx, cy, place }: DotProps) {
  if (cx === undefined || cy == null) return null;
  const fill = colorOf(place);
  return place === 0 ? (
    <circle cx={cx} cy={cy} r={3} fill={fill} />
  ) : (
    <rect x={cx - 3} y={cy - 3} width={6} height={6} fill={fill} />
  );
}
