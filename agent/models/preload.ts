// Loads what the configuration needs while a job's process waits for its call; during the call it
// would delay the greeting. Without such models, nothing is loaded.
import { mcpClient } from './mcp';
import { loadRealtime } from './realtime';

/** Settings that configure an OpenAI-compatible model. */
const MODELS = /^(MODELS(_\w+)?|OPENAI_API_KEY|LLM_URL)$/;
const TOOLS = /^MCP_SERVERS(_\w+)?$/;

const set = Object.keys(process.env).filter((name) => process.env[name]);
if (set.some((name) => MODELS.test(name))) await loadRealtime();
if (set.some((name) => TOOLS.test(name))) await mcpClient();
