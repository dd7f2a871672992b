// A chart of growth as a picture for the documentation: both scales in powers of ten, each line with its
// name at its end. Readable on light and dark ground.

/** How large one thing was, by the number of calls. */
export interface Line {
  readonly name: string;
  readonly points: readonly { readonly count: number; readonly value: number }[];
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

/**
 * The chart as SVG.
 * @param title what it shows, and of which machine
 * @param unit of all lines, where they have the same
 */
export function chart(lines: readonly Line[], title: string, unit = ''): string {
  const all = lines.flatMap(({ points }) => points);
  const counts = all.map(({ count }) => log(count));
  const values = all.map(({ value }) => log(value));
  const [left, right] = [Math.min(...counts), Math.max(...counts)];
  const [low, high] = [Math.floor(Math.min(...values)), Math.ceil(Math.max(...values))];
  const inner = {
    width: SIZE.width - MARGIN.left - MARGIN.right,
    height: SIZE.height - MARGIN.top - MARGIN.bottom,
  };
  const x = (count: number) => MARGIN.left + ((log(count) - left) / (right - left)) * inner.width;
  const y = (value: number) => MARGIN.top + ((high - log(value)) / (high - low)) * inner.height;
  const across = Array.from({ length: high - low + 1 }, (_, step) => 10 ** (low + step));
  const ends = apart(lines.map(({ points }) => y(points.at(-1)?.value ?? 1)));
  const drawn = lines.flatMap(({ name, points }, index) => {
    const colour = COLOURS[index % COLOURS.length];
    const path = points.map(({ count, value }) => `${x(count).toFixed(1)},${y(value).toFixed(1)}`);
    const dots = points.map(
      ({ count, value }) =>
        `<circle cx="${x(count).toFixed(1)}" cy="${y(value).toFixed(1)}" r="3.5" fill="${colour}"/>`,
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
    `<title>${title}</title>`,
    text(MARGIN.left, 18, title),
    ...across.flatMap((value) => [
      `<path d="M${MARGIN.left} ${y(value).toFixed(1)}h${inner.width}" stroke="${INK}" stroke-opacity=".25"/>`,
      text(MARGIN.left - 8, y(value) + 4, `${value} ${unit}`.trim(), 'text-anchor="end"'),
    ]),
    ...[...new Set(all.map(({ count }) => count))].map((count) =>
      text(x(count), SIZE.height - 20, count.toLocaleString('en-GB'), 'text-anchor="middle"'),
    ),
    ...drawn,
    '</svg>',
    '',
  ].join('\n');
}
