// Writes the list of agents in code, where one of their files has changed. `run.mjs` runs it before any other program.
import { updateAgents } from './lib/agent-list';
import { giveUp } from './lib/terminal';

await updateAgents().catch((error: Error) => giveUp(error.message));
