// Duration of the second `npm start` until it is ready.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Bench, startProduct } from '../support/bench';
import type { Finding } from '../table';

export async function start({ runs }: Bench): Promise<Finding[]> {
  const data = mkdtempSync(join(tmpdir(), 'callboard-bench-start-'));
  const values: number[] = [];
  // The first start creates the database folder.
  for (let run = -1; run < runs; run += 1) {
    const began = performance.now();
    const started = await startProduct(data, 'start');
    if (run >= 0) values.push((performance.now() - began) / 1_000);
    await started.end('SIGTERM');
  }
  rmSync(data, { recursive: true, force: true });
  return [{ what: 'npm start, second time → ready', unit: 's', values, target: { median: 6 } }];
}
