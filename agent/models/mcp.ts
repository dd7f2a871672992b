// MCP tools as tools of the framework. They are discovered once per call, while the greeting is
// spoken; a server that is down costs its tools and an error event, not the call.
import { llm, log } from '@livekit/agents';
import type { CallToolResult, Client, Tool } from '@modelcontextprotocol/client';
import { reasonOf } from '@/agent/core/reason';
import { causeOf } from '@/lib/core/failure-cause';
import { toolsName } from '@/lib/core/model-names';
import { redact } from '@/lib/core/redact';
import { VERSION } from '@/lib/core/version';

interface Options {
  readonly urls: readonly string[];
  readonly own: readonly string[];
  /** Receives the label of each tool by its name, as the timeline shows it. */
  readonly labels: Record<string, string>;
  readonly failed: (error: Error) => void;
  /** What is made of each tool. */
  readonly watched?: (tool: llm.ToolContextEntry) => llm.ToolContextEntry;
}

const asTool = (client: Client, name: string, tool: Tool) =>
  llm.tool({
    name,
    description: tool.description ?? tool.title ?? tool.name,
    // The server's JSON schema, which the framework accepts too.
    parameters: tool.inputSchema as Parameters<typeof llm.tool>[0]['parameters'],
    execute: (args: unknown, { abortSignal }: llm.ToolOptions) =>
      callTool(client, tool.name, (args ?? {}) as Record<string, unknown>, abortSignal),
  });

/** The tools; none if no server is configured. */
export function mcpTools({
  urls,
  own,
  labels,
  failed,
  watched = (tool) => tool,
}: Options): llm.Toolset[] {
  if (urls.length === 0) return [];
  const taken = new Set(own);
  const open: Client[] = [];
  let closed = false;
  const tools = urls.map(() => [] as llm.ToolContextEntry[]);

  async function add(url: string, at: number): Promise<void> {
    try {
      const server = await openServer(url);
      if (closed) return server.client.close();
      open.push(server.client);
      tools[at] = server.tools.map((tool) => {
        const name = toolName(taken, url, tool.name);
        labels[name] = tool.title ?? tool.annotations?.title ?? tool.name;
        return watched(asTool(server.client, name, tool));
      });
    } catch (error) {
      if (closed) return;
      const why = redact(message(error));
      const failure = new Error(`The tools of ${toolsName(url)} are not there: ${why}`);
      log().warn({ error: failure }, 'an MCP server provides no tools');
      failed(failure);
    }
  }

  return [
    llm.Toolset.create({
      id: 'mcp',
      tools: [],
      // Not awaited: the greeting does not wait for a remote server.
      setup: async ({ updateTools }) => {
        for (const [at, url] of urls.entries()) {
          void add(url, at).then(() => closed || updateTools(tools.flat()));
        }
      },
      aclose: async () => {
        closed = true;
        await Promise.allSettled(open.map((client) => client.close()));
      },
    }),
  ];
}

/** Characters and length that OpenAI and compatible servers accept in a tool name. */
const INVALID = /[^a-zA-Z0-9_-]/g;
const NAME_MAX = 64;

const sanitized = (name: string) => name.replace(INVALID, '_').slice(0, NAME_MAX);

/**
 * Reserves and returns the name for a tool of the server at `url`: as on the server, prefixed with its host if two share
 * a name.
 */
export function toolName(taken: Set<string>, url: string, name: string): string {
  const own = sanitized(name);
  const named = taken.has(own) ? sanitized(`${new URL(url).host}_${name}`) : own;
  let free = named;
  for (let again = 2; taken.has(free); again++) {
    free = `${named.slice(0, NAME_MAX - `_${again}`.length)}_${again}`;
  }
  taken.add(free);
  return free;
}

const LIST_MS = 10_000;
/** Milliseconds for one tool call: a caller waits for it. */
const CALL_MS = 15_000;

/** With the status, if the server answered. */
function message(error: unknown): string {
  const { status } = error as { readonly status?: unknown };
  return typeof status === 'number' ? causeOf(error).detail : reasonOf(error);
}

async function callTool(
  client: Client,
  name: string,
  args: Record<string, unknown>,
  signal: AbortSignal,
): Promise<string> {
  try {
    const result = await client.callTool({ name, arguments: args }, { timeout: CALL_MS, signal });
    const text = resultText(result);
    if (result.isError) throw new llm.ToolError(text);
    return text;
  } catch (error) {
    if (error instanceof llm.ToolError) throw error;
    throw new llm.ToolError(redact(`The tool did not answer: ${message(error)}`));
  }
}

/** The client, loaded only if a server is configured, once per process. */
export const mcpClient = () => import('@modelcontextprotocol/client');

async function openServer(url: string): Promise<{ client: Client; tools: readonly Tool[] }> {
  const { Client, StreamableHTTPClientTransport } = await mcpClient();
  const client = new Client(
    { name: 'callboard', version: VERSION },
    { versionNegotiation: { mode: 'auto' } },
  );
  try {
    await client.connect(new StreamableHTTPClientTransport(new URL(url)), { timeout: LIST_MS });
    const { tools } = await client.listTools({}, { timeout: LIST_MS });
    return { client, tools };
  } catch (error) {
    await client.close();
    throw error;
  }
}

/** Maximum characters of a result: longer ones slow down every further answer. */
const TEXT_MAX = 8_000;

function partText(part: CallToolResult['content'][number]): string {
  if (part.type === 'text') return part.text;
  if (part.type === 'resource' && 'text' in part.resource) return part.resource.text;
  if (part.type === 'resource_link') return part.uri;
  return `(${part.type}: it cannot be said)`;
}

/** A tool's result as text for a model, one part per line. */
function resultText({ content, structuredContent }: CallToolResult): string {
  const text = content.map(partText).join('\n');
  const all = text || (structuredContent ? JSON.stringify(structuredContent) : 'Done.');
  return all.length > TEXT_MAX ? `${all.slice(0, TEXT_MAX)} (cut)` : all;
}
