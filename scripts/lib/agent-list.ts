// The list of agents in code, for everything that must not load their code, such as the pages: lib/core/agents.gen.ts. Their
// files in agent/agents/ declare it.
import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { isDeployment } from '@/lib/core/deployment';
import { agentsNeedBuild, buildAgents, filesIn } from './build';
import { buildDir, root } from './environment';
import { step } from './terminal';

const FILE = join(root, 'lib/core/agents.gen.ts');
const HEADER =
  '// Written from the files in agent/agents/ by `npm start`, `npm run dev` and `npm run setup`. Do not edit.\n';
const FOLDER = 'agent/agents';
/** Has an entry of its own: it is served only with a Letta server. */
const LETTA = 'letta';

const text = z.string('is missing').min(1, 'is empty');
const listed = z.object({
  name: text,
  person: text,
  role: text,
  summary: text,
  voice: text,
  deployments: z
    .array(z.string().refine(isDeployment, 'has an invalid name'), 'is missing')
    .min(1, 'is empty'),
  handOver: text.optional(),
});
type Listed = z.infer<typeof listed>;

/** Prints what the given modules declare, by file. */
const PROGRAM = `
const found = {};
for (const file of process.argv.slice(1)) found[file] = (await import(file)).default?.definition ?? null;
process.stdout.write('\\n' + JSON.stringify(found), () => process.exit());`;

/**
 * The agents that these files declare.
 * @param declared what each file declares, by the file's name without extension
 * @throws Error that names the file and what is wrong
 */
export function listOf(declared: Readonly<Record<string, unknown>>): readonly Listed[] {
  return Object.entries(declared).map(([name, definition]) => {
    const file = `${FOLDER}/${name}.ts`;
    if (!definition) throw new Error(`${file}: the default export must be made by callJob.`);
    const { data, error } = listed.safeParse(definition);
    if (error) {
      const faults = error.issues.map(({ path, message }) => `${path[0]?.toString()} ${message}`);
      throw new Error(`${file}: ${faults.join(', ')}.`);
    }
    if (data.name === name) return data;
    throw new Error(`${file}: the agent is named ${data.name}. Give both the same name.`);
  });
}

/** The file's text: agents that it has keep their places, because the first is the default, and new ones follow. */
export function writtenList(agents: readonly Listed[], before: string): string {
  const place = ({ name }: Listed) => {
    const at = before.search(new RegExp(`"?name"?: ["']${name}["']`));
    return at < 0 ? before.length : at;
  };
  const sorted = [...agents].sort((a, b) => place(a) - place(b));
  return `${HEADER}export const agents = ${JSON.stringify(sorted, null, 2)} as const;\n`;
}

/**
 * Writes the list after a build of the workers. Returns whether it has changed.
 * @throws Error in plain words, if a file declares no agent or cannot be loaded
 */
export async function writeAgentList(): Promise<boolean> {
  const names = filesIn(FOLDER)
    .map((file) => /([^/]+)\.ts$/.exec(file)?.[1] ?? LETTA)
    .filter((name) => name !== LETTA);
  const modules = names.map((name) => join(buildDir, FOLDER, `${name}.js`));
  const args = ['--input-type=module', '-e', PROGRAM, '--', ...modules];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: root });
  const found: Record<string, unknown> = JSON.parse(stdout.slice(stdout.lastIndexOf('\n')));
  const before = readFileSync(FILE, 'utf8');
  const after = writtenList(
    listOf(Object.fromEntries(names.map((name, index) => [name, found[modules[index] ?? '']]))),
    before,
  );
  if (after === before) return false;
  writeFileSync(FILE, after);
  return true;
}

/**
 * Builds the workers and writes the list.
 * @throws Error in plain words
 */
export async function updateAgents(): Promise<void> {
  await step('Building the agents', async () => {
    if (agentsNeedBuild()) await buildAgents();
    // The workers have the list too.
    if (await writeAgentList()) await buildAgents();
  });
}
