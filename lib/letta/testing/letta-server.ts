// A fake Letta server for tests: the routes that Callboard uses, with the shapes and behavior observed in Letta 0.16.8. A
// response that nobody reads continues; a cancelled or failed one is not remembered, nor its question, unless a tool has run;
// blocks that are not read-only belong to one agent; an agent's changed settings are used at once, but its prompt only after
// it was compiled again. Answers are in `letta-answers.ts`.
import { randomUUID } from 'node:crypto';
import { Hono } from 'hono';
import { answerStream, type Turn } from '@/lib/letta/testing/letta-answers';
import { serveFetch } from '@/lib/testing/serve-routes';

interface Block {
  readonly id: string;
  label: string;
  readonly read_only: boolean;
  limit: number;
  description: string | null;
  value: string;
}

/** An agent: what copies are made from, and its messages. */
interface Agent {
  readonly id: string;
  name: string;
  system: string;
  tags: string[];
  tools: { id: string; name: string }[];
  /** Folders whose files it can read. */
  files: string[];
  sources: { id: string }[];
  readonly hidden: boolean | null;
  readonly agent_type: string;
  readonly blocks: Block[];
  metadata: object | null;
  /** Time of its last change, ISO 8601. */
  updated_at: string;
  /** What the model is sent as its system prompt: as last compiled. */
  prompt: string;
  readonly talk: string[];
  enable_sleeptime: boolean | null;
  managed_group: { readonly agent_ids: readonly string[] } | null;
  [field: string]: unknown;
}

interface Archive {
  readonly agents: Set<string>;
  readonly texts: string[];
}

const ID = (kind: string) => `${kind}-${randomUUID()}`;
const VALID = /^agent-[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** The server's refusal of a request. */
const NOT_FOUND = { detail: 'Not found' };

interface Making {
  readonly name?: string;
  readonly tags?: string[];
  readonly hidden?: boolean;
  readonly agent_type?: string;
  readonly enable_sleeptime?: boolean;
  readonly block_ids?: string[];
  readonly folder_ids?: string[];
  readonly memory_blocks?: Partial<Block>[];
  readonly [field: string]: unknown;
}

/** Fields of an agent that a request has under another name or must not set. */
const APART = [
  'memory_blocks',
  'block_ids',
  'tool_ids',
  'folder_ids',
  'context_window_limit',
  'secrets',
];
const isSetting = ([name, value]: [string, unknown]) => !APART.includes(name) && value != null;

/**
 * Starts one on loopback.
 * @param key the API key that it requires, if any
 */
export async function startLetta(key?: string) {
  const agents = new Map<string, Agent>();
  const blocks = new Map<string, Block>();
  const archives = new Map<string, Archive>();
  const turns: Turn[] = [];
  const asked: string[] = [];
  const failing = new Set<string>();
  const cancelled: string[] = [];
  const running = new Map<string, () => void>();
  const app = new Hono();

  const makeBlock = ({
    label = '',
    value = '',
    read_only = false,
    ...more
  }: Partial<Block>): Block => {
    const block = {
      limit: 100_000,
      description: null,
      ...more,
      id: ID('block'),
      label,
      value,
      read_only,
    };
    blocks.set(block.id, block);
    return block;
  };
  function compile(agent: Agent): void {
    const known = agent.blocks.map(({ label, value }) => `<${label}>${value}</${label}>`);
    agent.prompt = [agent.system, ...known].join('\n');
  }
  /** Sets what a request has. Fields without a value stay, as in 0.16.8. */
  function set(agent: Agent, body: Partial<Making>): void {
    const { tool_ids: tools, folder_ids: folders, context_window_limit, secrets } = body;
    Object.assign(agent, Object.fromEntries(Object.entries(body).filter(isSetting)));
    if (tools)
      agent.tools = (tools as string[]).map((id) => ({ id, name: id.replace('tool-', '') }));
    if (folders) agent.sources = (folders as string[]).map((id) => ({ id }));
    if (context_window_limit && !body.llm_config) {
      agent.llm_config = { context_window: context_window_limit };
    }
    if (secrets) agent.secrets = Object.entries(secrets).map(([key, value]) => ({ key, value }));
    if (agent.enable_sleeptime && !agent.managed_group) {
      const helper = make({
        name: `${agent.name}-sleeptime`,
        agent_type: 'sleeptime_agent',
        block_ids: agent.blocks.map(({ id }) => id),
        memory_blocks: [{ label: 'memory_persona', value: 'I am a helper.' }],
        model: agent.model,
      });
      const members = { manager_type: 'sleeptime', agent_ids: [helper.id] };
      agent.managed_group = { id: ID('group'), description: '', ...members } as never;
      if (!body.tool_ids) agent.tools = [{ id: 'tool-send_message', name: 'send_message' }];
    }
    agent.updated_at = new Date().toISOString();
  }
  function make(body: Making): Agent {
    const shared = [...blocks.values()].filter(({ id }) => body.block_ids?.includes(id));
    const agent: Agent = {
      ...{ description: null, system: 'You are an agent.', model: 'openai-proxy/gpt-4o-mini' },
      ...{ model_settings: null, embedding: null, llm_config: { context_window: 128_000 } },
      ...{ tools: [], sources: [], secrets: [], tool_rules: [], message_buffer_autoclear: false },
      files: body.folder_ids ?? [],
      ...{ compaction_settings: null, timezone: 'UTC', managed_group: null, prompt: '' },
      ...{ enable_sleeptime: null, name: '', tags: [], hidden: null, metadata: null, talk: [] },
      ...{ agent_type: 'letta_v1_agent', updated_at: '' },
      id: ID('agent'),
      blocks: [...shared, ...(body.memory_blocks ?? []).map(makeBlock)],
    };
    agents.set(agent.id, agent);
    set(agent, body);
    compile(agent);
    return agent;
  }
  /** A copy with sleep-time, and its helper. */
  const withHelper = (agent: Agent) => [
    agent,
    ...(agent.managed_group?.agent_ids ?? []).flatMap((id) => agents.get(id) ?? []),
  ];

  app.use(async (c, next) => {
    asked.push(`${c.req.method} ${c.req.path}`);
    if (key && c.req.header('authorization') !== `Bearer ${key}`) {
      return c.json({ detail: 'Unauthorized' }, 401);
    }
    if ([...failing].some((end) => c.req.path.endsWith(end))) {
      return c.json({ detail: 'An unknown error occurred' }, 500);
    }
    await next();
  });
  app.get('/v1/agents/', (c) => {
    const tags = c.req.queries('tags') ?? c.req.queries('tags[]') ?? [];
    const found = [...agents.values()].filter(
      (one) =>
        tags.every((tag) => one.tags.includes(tag)) &&
        (c.req.query('show_hidden_agents') === 'true' || !one.hidden),
    );
    if (c.req.query('order_by') === 'updated_at') {
      found.sort((a, b) => Date.parse(a.updated_at) - Date.parse(b.updated_at));
    }
    const ordered = c.req.query('order') === 'asc' ? found : found.toReversed();
    const after = ordered.findIndex(({ id }) => id === c.req.query('after'));
    return c.json(ordered.slice(after + 1).slice(0, Number(c.req.query('limit') ?? 50)));
  });
  app.post('/v1/agents/', async (c) => {
    const body = await c.req.json<Making>();
    if (body.model || body.llm_config) return c.json(make(body));
    return c.json({ detail: 'Must specify either model or llm_config in request' }, 400);
  });
  app.use('/v1/agents/:id/*', async (c, next) => {
    const id = c.req.param('id') ?? '';
    if (!VALID.test(id)) return c.json({ detail: 'String should match pattern' }, 422);
    if (!agents.has(id)) return c.json({ detail: `Agent with ID ${id} not found` }, 404);
    await next();
  });
  app.get('/v1/agents/:id', (c) => c.json(agents.get(c.req.param('id')) ?? null));
  app.patch('/v1/agents/:id', async (c) => {
    const agent = agents.get(c.req.param('id')) as Agent;
    set(agent, await c.req.json());
    return c.json(agent);
  });
  app.post('/v1/agents/:id/recompile', (c) => {
    const agent = agents.get(c.req.param('id')) as Agent;
    compile(agent);
    return c.json(agent.prompt);
  });
  app.get('/v1/agents/:id/core-memory/blocks/:label', (c) => {
    const { blocks: own } = agents.get(c.req.param('id')) as Agent;
    const found = own.find(({ label }) => label === c.req.param('label'));
    return found ? c.json(found) : c.json(NOT_FOUND, 404);
  });
  app.patch('/v1/agents/:id/core-memory/blocks/attach/:block', (c) => {
    const agent = agents.get(c.req.param('id')) as Agent;
    const block = blocks.get(c.req.param('block'));
    if (!block) return c.json(NOT_FOUND, 404);
    const others = agent.blocks.filter(({ id }) => id !== block.id);
    if (others.some(({ label }) => label === block.label)) {
      return c.json({ detail: 'unique_label_per_agent' }, 409);
    }
    for (const one of withHelper(agent)) if (!one.blocks.includes(block)) one.blocks.push(block);
    return c.json(agent);
  });
  app.patch('/v1/agents/:id/core-memory/blocks/detach/:block', (c) => {
    const agent = agents.get(c.req.param('id')) as Agent;
    const at = agent.blocks.findIndex(({ id }) => id === c.req.param('block'));
    if (at < 0) return c.json(NOT_FOUND, 404);
    agent.blocks.splice(at, 1);
    return c.json(agent);
  });
  app.patch('/v1/agents/:id/folders/:change/:folder', (c) => {
    const agent = agents.get(c.req.param('id')) as Agent;
    const folder = c.req.param('folder');
    const isAttached = agent.sources.some(({ id }) => id === folder);
    const added = c.req.param('change') === 'attach' ? [folder] : [];
    if (added.length > 0 && isAttached) return c.json({ detail: 'Already attached' }, 409);
    agent.files = [...agent.files.filter((id) => id !== folder), ...added];
    agent.sources = agent.files.map((id) => ({ id }));
    return c.json(null);
  });
  app.post('/v1/blocks/', async (c) => c.json(makeBlock(await c.req.json())));
  app.patch('/v1/blocks/:id', async (c) => {
    const block = blocks.get(c.req.param('id'));
    if (!block) return c.json(NOT_FOUND, 404);
    Object.assign(block, await c.req.json());
    if (block.value.length > block.limit) return c.json({ detail: 'Exceeds the limit' }, 422);
    for (const agent of agents.values()) if (agent.blocks.includes(block)) compile(agent);
    return c.json(block);
  });
  app.get('/v1/blocks/:id/agents', (c) => {
    const has = (one: Agent) => one.blocks.some(({ id }) => id === c.req.param('id'));
    return c.json([...agents.values()].filter(has));
  });
  app.delete('/v1/blocks/:id', (c) => {
    const id = c.req.param('id');
    for (const { blocks: own } of agents.values()) {
      const at = own.findIndex((block) => block.id === id);
      if (at >= 0) own.splice(at, 1);
    }
    return c.json({ deleted: blocks.delete(id) });
  });
  app.get('/v1/archives/', (c) => {
    const agent = c.req.query('agent_id') ?? '';
    const own = [...archives].filter(([, archive]) => archive.agents.has(agent));
    return c.json(c.req.query('after') ? [] : own.map(([id]) => ({ id, name: 'archive' })));
  });
  app.get('/v1/archives/:id/agents', (c) => {
    const users = archives.get(c.req.param('id'))?.agents ?? [];
    return c.json([...users].flatMap((id) => agents.get(id) ?? []));
  });
  app.delete('/v1/archives/:id', (c) => {
    archives.delete(c.req.param('id'));
    return c.body(null, 204);
  });
  app.get('/v1/agents/:id/archival-memory', (c) => {
    const own = [...archives].filter(([, archive]) => archive.agents.has(c.req.param('id')));
    const found = own.flatMap(([id, { texts }]) =>
      texts.map((text, at) => ({ id: `passage-${at}`, archive_id: id, text, embedding: [0.5] })),
    );
    return c.json(c.req.query('after') ? [] : found);
  });
  app.get('/v1/agents/:id/messages', (c) => {
    const { system, talk } = agents.get(c.req.param('id')) as Agent;
    const found = [
      { id: 'message-0', message_type: 'system_message', content: system },
      ...talk.map((content, at) => ({
        ...{ id: `message-${at + 1}`, message_type: 'user_message', content },
      })),
    ];
    const after = found.findIndex(({ id }) => id === c.req.query('after'));
    return c.json(found.slice(after + 1).slice(0, Number(c.req.query('limit') ?? 10)));
  });
  app.get('/v1/steps/', (c) => {
    const talked = [...agents.values()].some(({ talk }) => talk.length > 0);
    return c.json(talked ? [{ id: 'step-1' }] : []);
  });
  app.get('/v1/steps/:id/trace', (c) => {
    const said = [...agents.values()].flatMap(({ talk }) => talk);
    return c.json(standIn.traces ? { request_json: { said }, response_json: {} } : null);
  });
  app.delete('/v1/agents/:id', (c) => c.json({ deleted: agents.delete(c.req.param('id')) }));
  app.post('/v1/agents/:id/messages/cancel', async (c) => {
    const { run_ids: runs = [] } = await c.req.json<{ run_ids?: string[] }>();
    cancelled.push(...runs);
    for (const run of runs) running.get(run)?.();
    return c.json(Object.fromEntries(runs.map((run) => [run, 'cancelled'])));
  });
  app.post('/v1/agents/:id/messages', async (c) => {
    const agent = agents.get(c.req.param('id')) as Agent;
    const body = await c.req.json<{ messages: { content: string }[] }>();
    const said = body.messages.map(({ content }) => content);
    return answerStream(c, { agent, said, turn: turns.shift(), running });
  });

  const { url, close } = await serveFetch(app.fetch);
  const standIn = {
    url,
    agents,
    /** By ID; a deleted agent leaves its own behind. */
    blocks,
    /** Archives by ID: their agents and texts; a deleted agent leaves its own behind. */
    archives,
    /** Whether it stores the requests to models: `LETTA_TRACK_PROVIDER_TRACE`. */
    traces: true,
    /** The next responses, in order; then the usual one. */
    turns,
    /** Ends of paths for which it fails with 500. */
    failing,
    /** Every request: method and path. */
    asked,
    /** Runs that were cancelled. */
    cancelled,
    /** Adds an agent. Returns its ID. */
    add(name: string, more: Pick<Making, 'tags' | 'agent_type' | 'enable_sleeptime'> = {}): string {
      const human = { label: 'human', value: 'nothing' };
      const shop = { label: 'shop', value: 'Open from 9 to 5.', read_only: true };
      return make({ name, ...more, memory_blocks: [human, shop] }).id;
    },
    /** Adds a text to an agent's archival memory, as its tool does. */
    archive(agent: string, text: string): void {
      archives.set(ID('archive'), { agents: new Set([agent]), texts: [text] });
    },
    close,
  };
  return standIn;
}

export type LettaStandIn = Awaited<ReturnType<typeof startLetta>>;
