// A process of its own, started by agent-list.ts: loads the built agents, and sends what each declares. Loading them runs
// their code and LiveKit's native library, which the process that builds must not have.
import { pathToFileURL } from 'node:url';

const [fields, ...files] = process.argv.slice(2);

const agents = await Promise.all(
  files.map(async (file) => {
    try {
      const { default: agent } = await import(pathToFileURL(file).href);
      if (!agent?.definition) return {};
      const declared = fields.split(',').map((field) => [field, agent.definition[field]]);
      return { declared: Object.fromEntries(declared) };
    } catch (error) {
      return { failure: error instanceof Error ? error.message : String(error) };
    }
  }),
);
process.send(agents, () => process.exit());
