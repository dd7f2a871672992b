// A point of a line: round for the default deployment, square for others.
import { colorOf } from './chart-colors';

interface DotProps {
  readonly cx?: number;
  readonly cy?: number | null;
  readonly place: number;
}

export function Dot({ cx, cy, place }: DotProps) {
  if (cx === undefined || cy == null) return null;
  const fill = colorOf(place);
  return place === 0 ? (
    <circle cx={cx} cy={cy} r={3} fill={fill} />
  ) : (
    <rect x={cx - 3} y={cy - 3} width={6} height={6} fill={fill} />
  );
}
