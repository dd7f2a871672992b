// The chart of growth as a picture for the documentation: both scales in powers of ten, each line with its
// name at its end. Readable on light and dark ground.

/** How long one thing took, by the number of kept calls. */
export interface Line {
  readonly name: string;
  readonly points: readonly { readonly count: number; readonly ms: number }[];
}

/** Pixels of the picture, and around the drawing in it. */
const SIZE = { width: 720, height: 360 };
const MARGIN = { left: 64, right: 190, top: 34, bottom: 46 };
const COLOURS = ['#2f7d4f', '#b7791f', '#3b6fb6', '#a8485b'];
/** Least pixels between two names at the right. */
const APART = 16;
const INK = '#6b7280';

const log = Math.log10;
const text = (x: number, y: number, words: string, more = '') =>
  `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" fill="${INK}" ${more}>${words}</text>`;

/** Heights of the names, each near the end of its line and none on another. */
function apart(ends: readonly number[]): readonly number[] {
  const order = [...ends.keys()].sort((a, b) => (ends[a] ?? 0) - (ends[b] ?? 0));
  const placed = [...ends];
  let before = Number.NEGATIVE_INFINITY;
  for (const index of order) {
    before = Math.max(ends[index] ?? 0, before + APART);
    placed[index] = before;
  }
  return placed;
}

/** The chart as SVG. @param machine what it was measured on */
export function chart(lines: readonly Line[], machine: string): string {
  const all = lines.flatMap(({ points }) => points);
  const counts = all.map(({ count }) => log(count));
  const times = all.map(({ ms }) => log(ms));
  const [left, right] = [Math.min(...counts), Math.max(...counts)];
  const [low, high] = [Math.floor(Math.min(...times)), Math.ceil(Math.max(...times))];
  const inner = {
    width: SIZE.width - MARGIN.left - MARGIN.right,
    height: SIZE.height - MARGIN.top - MARGIN.bottom,
  };
  const x = (count: number) => MARGIN.left + ((log(count) - left) / (right - left)) * inner.width;
  const y = (ms: number) => MARGIN.top + ((high - log(ms)) / (high - low)) * inner.height;
  const across = Array.from({ length: high - low + 1 }, (_, step) => 10 ** (low + step));
  const ends = apart(lines.map(({ points }) => y(points.at(-1)?.ms ?? 1)));
  const drawn = lines.flatMap(({ name, points }, index) => {
    const colour = COLOURS[index % COLOURS.length];
    const path = points.map(({ count, ms }) => `${x(count).toFixed(1)},${y(ms).toFixed(1)}`);
    const dots = points.map(
      ({ count, ms }) =>
        `<circle cx="${x(count).toFixed(1)}" cy="${y(ms).toFixed(1)}" r="3.5" fill="${colour}"/>`,
    );
    const named = text(SIZE.width - MARGIN.right + 12, (ends[index] ?? 0) + 4, name);
    return [
      `<polyline points="${path.join(' ')}" fill="none" stroke="${colour}" stroke-width="2"/>`,
      ...dots,
      named.replace(INK, String(colour)),
    ];
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${SIZE.width} ${SIZE.height}" font-family="system-ui, sans-serif" font-size="13">`,
    text(MARGIN.left, 18, `Median milliseconds by the number of kept calls · ${machine}`),
    ...across.flatMap((ms) => [
      `<path d="M${MARGIN.left} ${y(ms).toFixed(1)}h${inner.width}" stroke="${INK}" stroke-opacity=".25"/>`,
      text(MARGIN.left - 8, y(ms) + 4, `${ms} ms`, 'text-anchor="end"'),
    ]),
    ...[...new Set(all.map(({ count }) => count))].map((count) =>
      text(x(count), SIZE.height - 20, count.toLocaleString('en-GB'), 'text-anchor="middle"'),
    ),
    ...drawn,
    '</svg>',
    '',
  ].join('\n');
}
