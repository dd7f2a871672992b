// The tools of MCP servers as tools of the framework. They are looked for once a call, while the
// greeting is said; a server that is away costs its tools and a word, not the call.
import { llm, log } from '@livekit/agents';
import { redact } from '../../../lib/core/redact';
import { toolsName } from '../../../lib/messages/en/models';
import { toolName } from './names';
import { type OpenServer, openServer } from './server';

/** What the tools of a call need. */
interface Options {
  /** Addresses of servers. */
  readonly urls: readonly string[];
  /** Names of the agent's own tools. */
  readonly own: readonly string[];
  /** Gets the title of each tool by its name, as the timeline shows it. */
  readonly labels: Record<string, string>;
  /** Told why a server gives no tools. */
  readonly failed: (error: Error) => void;
}

type Named = readonly [name: string, tool: OpenServer['tools'][number]];

const asTool = (server: OpenServer, [name, tool]: Named) =>
  llm.tool({
    name,
    description: tool.description ?? tool.title ?? tool.name,
    // As the server gives it: JSON schema, which the framework takes too.
    parameters: tool.inputSchema as Parameters<typeof llm.tool>[0]['parameters'],
    execute: (args: unknown, { abortSignal }: llm.ToolOptions) =>
      server.call(tool.name, (args ?? {}) as Record<string, unknown>, abortSignal),
  });

/** The tools; none where no server is named. */
export function mcpTools({ urls, own, labels, failed }: Options): llm.Toolset[] {
  if (urls.length === 0) return [];
  const taken = new Set(own);
  const open: OpenServer[] = [];
  let closed = false;
  const tools = urls.map(() => [] as llm.ToolContextEntry[]);

  async function add(url: string, at: number): Promise<void> {
    try {
      const server = await openServer(url);
      if (closed) return server.close();
      open.push(server);
      tools[at] = server.tools.map((tool) => {
        const name = toolName(taken, url, tool.name);
        labels[name] = tool.title ?? tool.annotations?.title ?? tool.name;
        return asTool(server, [name, tool]);
      });
    } catch (error) {
      if (closed) return;
      const why = redact(error instanceof Error ? error.message : String(error));
      const told = new Error(`The tools of ${toolsName(url)} are not there: ${why}`);
      log().warn({ error: told }, 'an MCP server gives no tools');
      failed(told);
    }
  }

  return [
    llm.Toolset.create({
      id: 'mcp',
      tools: [],
      // Not waited for: no greeting waits for somebody else's server.
      setup: async ({ updateTools }) => {
        for (const [at, url] of urls.entries()) {
          void add(url, at).then(() => closed || updateTools(tools.flat()));
        }
      },
      aclose: async () => {
        closed = true;
        await Promise.allSettled(open.map((server) => server.close()));
      },
    }),
  ];
}
