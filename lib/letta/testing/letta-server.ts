// A fake Letta server for tests: the routes that Callboard uses, with the shapes and behavior observed in Letta 0.16.8. A
// response that nobody reads continues; of a cancelled or failed one only the question is remembered; blocks that are not
// read-only belong to one agent.
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { streamSSE } from 'hono/streaming';

/** A memory block. */
interface Block {
  readonly id: string;
  readonly label: string;
  readonly read_only: boolean;
  readonly limit: number;
  readonly description: string | null;
  value: string;
}

/** An agent: what copies are made from, and its messages. */
interface Agent {
  readonly id: string;
  readonly name: string;
  tags: string[];
  readonly hidden: boolean | null;
  readonly agent_type: string;
  readonly blocks: Block[];
  metadata: object | null;
  /** Time of its last change, ISO 8601. */
  updated_at: string;
  readonly talk: string[];
  managed_group: object | null;
  readonly [field: string]: unknown;
}

/** Archival memory. */
interface Archive {
  readonly agents: Set<string>;
  readonly texts: string[];
}

/** An agent's response, instead of {@link usual}. */
export interface Turn {
  /** Parts of its text by message; a tool runs between two messages. */
  readonly say?: readonly (readonly string[])[];
  /** Error message in the response. */
  readonly fails?: string;
  /** HTTP status instead of a response. */
  readonly status?: number;
  /** Resolves when it continues after its first part. */
  readonly waits?: Promise<unknown>;
  /** Stops without an end. */
  readonly silent?: boolean;
}

/** A running fake server. */
export interface LettaStandIn {
  readonly url: string;
  readonly agents: Map<string, Agent>;
  /** By ID; a deleted agent leaves its own behind. */
  readonly blocks: Map<string, Block>;
  /** Archives by ID: their agents and texts; a deleted agent leaves its own behind. */
  readonly archives: Map<string, Archive>;
  /** Whether it stores the requests to models: `LETTA_TRACK_PROVIDER_TRACE`. */
  traces: boolean;
  /** The next responses, in order; then the usual one. */
  readonly turns: Turn[];
  /** Every request: method and path. */
  readonly asked: string[];
  /** Runs that were cancelled. */
  readonly cancelled: string[];
  /** Adds an agent. Returns its ID. */
  add(name: string, more?: Pick<Making, 'tags' | 'agent_type' | 'enable_sleeptime'>): string;
  /** Adds a text to an agent's archival memory, as its tool does. */
  archive(agent: string, text: string): void;
  close(): Promise<void>;
}

const ID = (kind: string) => `${kind}-${randomUUID()}`;
const VALID = /^agent-[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** Responds with its knowledge: the block about its caller, and its messages so far. */
const usual = ({ blocks, talk }: Agent, said: readonly string[]): Turn => {
  const known = blocks.find(({ label }) => label === 'human')?.value;
  return { say: [[`Known: ${known} `, `Told: ${[...talk, ...said].join(' | ')}`]] };
};

interface Making {
  readonly name?: string;
  readonly tags?: string[];
  readonly hidden?: boolean;
  readonly agent_type?: string;
  readonly enable_sleeptime?: boolean;
  readonly block_ids?: string[];
  readonly memory_blocks?: { label: string; value: string; read_only?: boolean }[];
}

/**
 * Starts one on loopback.
 * @param key the API key that it requires, if any
 */
export async function startLetta(key?: string): Promise<LettaStandIn> {
  const agents = new Map<string, Agent>();
  const blocks = new Map<string, Block>();
  const archives = new Map<string, Archive>();
  const turns: Turn[] = [];
  const asked: string[] = [];
  const cancelled: string[] = [];
  const app = new Hono();
  const message = (message_type: string, more: object) =>
    JSON.stringify({ message_type, date: new Date().toISOString(), ...more });

  function make(body: Making): Agent {
    const shared = [...blocks.values()].filter(({ id }) => body.block_ids?.includes(id));
    const own = (body.memory_blocks ?? []).map(({ label, value, read_only = false }) => {
      return { id: ID('block'), label, value, read_only, limit: 100_000, description: null };
    });
    for (const block of own) blocks.set(block.id, block);
    const agent: Agent = {
      ...{ description: null, system: 'You are an agent.', model: 'openai-proxy/gpt-4o-mini' },
      ...{ model_settings: null, embedding: null, llm_config: { context_window: 128_000 } },
      ...{ tools: [], sources: [], secrets: [], tool_rules: [], message_buffer_autoclear: false },
      ...{ compaction_settings: null, timezone: 'UTC', managed_group: null },
      enable_sleeptime: body.enable_sleeptime ?? null,
      id: ID('agent'),
      name: body.name ?? '',
      tags: body.tags ?? [],
      hidden: body.hidden ?? null,
      agent_type: body.agent_type ?? 'letta_v1_agent',
      blocks: [...shared, ...own],
      metadata: null,
      updated_at: new Date().toISOString(),
      talk: [],
    };
    agents.set(agent.id, agent);
    if (body.enable_sleeptime) {
      const helper = make({
        name: `${agent.name}-sleeptime`,
        agent_type: 'sleeptime_agent',
        block_ids: agent.blocks.map(({ id }) => id),
        memory_blocks: [{ label: 'memory_persona', value: 'I am a helper.' }],
      });
      const members = { manager_type: 'sleeptime', agent_ids: [helper.id] };
      agent.managed_group = { id: ID('group'), description: '', ...members };
    }
    return agent;
  }

  app.use(async (c, next) => {
    asked.push(`${c.req.method} ${c.req.path}`);
    if (key && c.req.header('authorization') !== `Bearer ${key}`) {
      return c.json({ detail: 'Unauthorized' }, 401);
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
  app.post('/v1/agents/', async (c) => c.json(make(await c.req.json())));
  app.use('/v1/agents/:id/*', async (c, next) => {
    const id = c.req.param('id') ?? '';
    if (!VALID.test(id)) return c.json({ detail: 'String should match pattern' }, 422);
    if (!agents.has(id)) return c.json({ detail: `Agent with ID ${id} not found` }, 404);
    await next();
  });
  app.get('/v1/agents/:id', (c) => c.json(agents.get(c.req.param('id')) ?? null));
  app.patch('/v1/agents/:id', async (c) => {
    const agent = agents.get(c.req.param('id')) as Agent;
    const { metadata = agent.metadata, tags = agent.tags } = await c.req.json<Partial<Agent>>();
    Object.assign(agent, { metadata, tags, updated_at: new Date().toISOString() });
    return c.json(agent);
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
    return c.json(Object.fromEntries(runs.map((run) => [run, 'cancelled'])));
  });
  app.post('/v1/agents/:id/messages', async (c) => {
    const agent = agents.get(c.req.param('id')) as Agent;
    const body = await c.req.json<{ messages: { content: string }[] }>();
    const said = body.messages.map(({ content }) => content);
    const turn = turns.shift() ?? usual(agent, said);
    if (turn.status) return c.json({ detail: 'refused' }, turn.status as 503);
    return streamSSE(c, async (stream) => {
      const run = ID('run');
      const send = (data: string) => stream.writeSSE({ data });
      await send(message('ping', { id: ID('ping'), run_id: run }));
      await send(message('reasoning_message', { id: ID('message'), reasoning: 'I think.' }));
      for (const pieces of turn.say ?? []) {
        const id = ID('message');
        for (const content of pieces) {
          await send(message('assistant_message', { id, run_id: run, content }));
          await turn.waits;
        }
        await send(message('tool_call_message', { id: ID('message'), run_id: run }));
      }
      if (turn.fails) {
        await send(JSON.stringify({ message_type: 'stop_reason', stop_reason: 'llm_api_error' }));
        const failure = message('error_message', { error_type: 'llm_error', message: turn.fails });
        await stream.writeSSE({ event: 'error', data: failure });
      } else {
        const over = cancelled.includes(run) ? 'cancelled' : turn.silent ? 'max_steps' : 'end_turn';
        if (over === 'end_turn') agent.talk.push(...said);
        await send(JSON.stringify({ message_type: 'stop_reason', stop_reason: over }));
      }
      await send('[DONE]');
    });
  });

  const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }) as Server;
  if (!server.listening) await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const standIn: LettaStandIn = {
    url: `http://127.0.0.1:${port}`,
    agents,
    blocks,
    archives,
    traces: true,
    turns,
    asked,
    cancelled,
    add(name, more = {}) {
      const human = { label: 'human', value: 'nothing' };
      const shop = { label: 'shop', value: 'Open from 9 to 5.', read_only: true };
      return make({ name, ...more, memory_blocks: [human, shop] }).id;
    },
    archive(agent, text) {
      archives.set(ID('archive'), { agents: new Set([agent]), texts: [text] });
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return standIn;
}
