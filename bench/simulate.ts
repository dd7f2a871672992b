// What many calls at once need: `npm run simulate`, with `-- --calls 500,5000` for other numbers than 10²,
// 10⁴ and 10⁶, with `--bench test-results/bench.json` by what `npm run bench` measured on this machine, and
// with `--set minutes=5,vCpuHour=0.03` by other assumptions. docs/scale.md has its output.
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { assumptionsFrom } from './simulate/assumptions';
import { costsFrom, OURS } from './simulate/costs';
import { simulation } from './simulate/table';

/** @throws Error that says what to write instead */
function counts(text: string): number[] {
  const numbers = text.split(',').map(Number);
  if (numbers.every((one) => Number.isInteger(one) && one > 0)) return numbers;
  throw new Error('--calls takes numbers of calls, with commas: --calls 100,10000,1000000.');
}

try {
  const { values } = parseArgs({
    options: {
      calls: { type: 'string', default: '100,10000,1000000' },
      bench: { type: 'string' },
      set: { type: 'string', default: '' },
    },
  });
  const costs = values.bench ? costsFrom(readFileSync(values.bench, 'utf8')) : OURS;
  const text = simulation(counts(values.calls), costs, assumptionsFrom(values.set));
  process.stdout.write(`${text}\n`);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 2;
}
