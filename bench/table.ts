// Writes the README's table of what was measured last, and the chart of calls at once: the end of `npm run bench`,
// and `npm run bench:table` by itself.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { withPart } from '../scripts/lib/readme-part.mjs';
import { chart } from './growth-chart';
import { readKept } from './kept';
import { MEASURES, ON_DEMAND } from './measures';
import { growthOf, PART, tableFor } from './readme-table';

const LOAD_CHART = 'docs/load.svg';
const CHARTS = [
  [LOAD_CHART, 'How answers, memory and database grow with calls at once'],
  ['docs/growth.svg', 'How lists, searches and writing grow with kept calls'],
] as const;

const kept = readKept();
if (!kept) {
  process.stderr.write('Nothing was measured yet: npm run bench\n');
  process.exit(2);
}
const lines = growthOf(kept);
if (lines.length > 0) {
  const title = `Medians by the number of calls at once · ${kept.cpus} × ${kept.cpu}`;
  writeFileSync(LOAD_CHART, chart(lines, title));
}
const pictures = CHARTS.filter(([file]) => existsSync(file)).map(
  ([file, words]) => `![${words}](${file})`,
);
const measures = [...Object.keys({ ...MEASURES, ...ON_DEMAND }), 'calls'];
const text = [tableFor(kept, measures), ...pictures].join('\n\n');
writeFileSync('README.md', withPart(readFileSync('README.md', 'utf8'), PART, text));
