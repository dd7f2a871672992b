// A process of its own, started by agent-list.ts: loads the built agents, and sends what each declares. Loading them runs
// their code and LiveKit's native library, which the process that builds must not have.
import { pathToFileURL } from 'node:url';

/** Milliseconds for a file to load: measured 0.5 s for all. */
const LOAD_MS = 10_000;
/** The mark of LiveKit's `defineAgent`. */
const DEFINED = Symbol.for('livekit.agents.AgentDefinition');

const [fields, ...files] = process.argv.slice(2);
const { exit } = process;
process.exit = (code = 0) => {
  throw new Error(`it calls process.exit(${code})`);
};
// As in the processes of calls.
process.on('unhandledRejection', () => {});

const late = () =>
  new Promise((_, reject) => {
    setTimeout(reject, LOAD_MS, new Error(`it has not loaded within ${LOAD_MS / 1_000} s`));
  });
const pick = (from) => Object.fromEntries(fields.split(',').map((field) => [field, from?.[field]]));

const agents = await Promise.all(
  files.map(async (file) => {
    try {
      const module = await Promise.race([import(pathToFileURL(file).href), late()]);
      const agent = Object(module.default);
      if (agent.definition) return { declared: pick(agent.definition) };
      return DEFINED in agent ? { standard: pick(module.agent) } : {};
    } catch (error) {
      return { failure: error instanceof Error ? error.message : String(error) };
    }
  }),
);
process.send(agents, () => exit());
