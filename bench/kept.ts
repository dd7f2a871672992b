// What the measurements of the product found last, in test-results/bench.json: whoever measures a part anew
// replaces that part. The README's table and `npm run simulate` are made from it.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { dirname } from 'node:path';
import { z } from 'zod';
import { type Finding, spread } from './finding';

export const KEPT_FILE = 'test-results/bench.json';

const number = z.number().nullable();
const row = z.object({
  /** The measure that found it. */
  measure: z.string(),
  what: z.string(),
  unit: z.string(),
  values: z.array(number),
  target: z
    .object({
      median: z.number().optional(),
      p95: z.number().optional(),
      least: z.number().optional(),
    })
    .optional(),
  note: z.string().optional(),
  ...{ median: number, p95: number, least: number, most: number },
});
/** One line of what was found. Numbers that there were none of are null. */
export type Row = z.infer<typeof row>;

const kept = z.object({
  title: z.string(),
  at: z.iso.datetime(),
  cpu: z.string().optional(),
  cpus: z.number(),
  memoryGB: z.number(),
  node: z.string(),
  rows: z.array(row),
});
export type Kept = z.infer<typeof kept>;

/** What was kept; undefined where nothing was, or by another version. */
export function readKept(file = KEPT_FILE): Kept | undefined {
  if (!existsSync(file)) return undefined;
  return kept.safeParse(JSON.parse(readFileSync(file, 'utf8'))).data;
}

/** The machine this runs on. */
export const machine = () => ({
  cpu: cpus()[0]?.model,
  cpus: cpus().length,
  memoryGB: Math.round(totalmem() / 1e9),
  node: process.version,
});

/** Keeps what these measures found, beside what others found before on this machine. */
export function keep(found: ReadonlyMap<string, readonly Finding[]>, file = KEPT_FILE) {
  const here = machine();
  const before = readKept(file);
  const same = before?.cpu === here.cpu && before?.cpus === here.cpus && before.node === here.node;
  const others = same ? before.rows.filter(({ measure }) => !found.has(measure)) : [];
  const rows = [...found].flatMap(([measure, findings]) =>
    findings.map((finding) => ({ measure, ...finding, ...spread(finding.values) })),
  );
  const facts = { title: 'The running product', at: new Date().toISOString(), ...here };
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify({ ...facts, rows: [...others, ...rows] }, null, 2)}\n`);
}
