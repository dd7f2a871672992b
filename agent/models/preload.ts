// What the settings name is loaded with a job's process, while it waits for its call: in the call it would
// hold up the greeting. Where they name nothing, nothing is loaded.
import { mcpClient } from './mcp/server';
import { loadRealtime } from './realtime';

/** Settings that lead to a model of OpenAI's kind. */
const MODELS = /^(MODELS(_\w+)?|OPENAI_API_KEY|LLM_URL)$/;
const TOOLS = /^MCP_SERVERS(_\w+)?$/;

const set = Object.keys(process.env).filter((name) => process.env[name]);
if (set.some((name) => MODELS.test(name))) await loadRealtime();
if (set.some((name) => TOOLS.test(name))) await mcpClient();
