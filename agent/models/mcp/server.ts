// One MCP server in a call: connects once over streamable HTTP, lists its tools once and calls them
// with a timeout. The client is loaded only if a server is configured.
import { llm } from '@livekit/agents';
import type { CallToolResult, Client, Tool } from '@modelcontextprotocol/client';
import { redact } from '../../../lib/core/redact';
import { VERSION } from '../../../lib/core/version';

/** Milliseconds to connect and list tools; the call continues meanwhile. */
const LIST_MS = 10_000;
/** Milliseconds for one tool call: a caller waits for it. */
const CALL_MS = 15_000;

/** A connected server with its tools. */
export interface OpenServer {
  readonly tools: readonly Tool[];
  /**
   * Calls a tool.
   * @throws {llm.ToolError} with a message for the model
   */
  call(name: string, args: Record<string, unknown>, signal: AbortSignal): Promise<string>;
  close(): Promise<void>;
}

const message = (error: unknown) => (error instanceof Error ? error.message : String(error));

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

/** The client; loaded once per process. */
export const mcpClient = () => import('@modelcontextprotocol/client');

/**
 * Connects and lists the tools.
 * @throws if the server is down, refuses, or times out
 */
export async function openServer(url: string): Promise<OpenServer> {
  const { Client, StreamableHTTPClientTransport } = await mcpClient();
  const client = new Client(
    { name: 'callboard', version: VERSION },
    { versionNegotiation: { mode: 'auto' } },
  );
  try {
    await client.connect(new StreamableHTTPClientTransport(new URL(url)), { timeout: LIST_MS });
    const { tools } = await client.listTools({}, { timeout: LIST_MS });
    return {
      tools,
      call: (name, args, signal) => callTool(client, name, args, signal),
      close: () => client.close(),
    };
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
