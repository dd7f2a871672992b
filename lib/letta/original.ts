// What a copy has from its original, and how changes of the original reach copies that callers already have. Messages,
// archival memory, and blocks that the copy has written or made are its caller's memory and stay; all else is the original's.
import { createHash } from 'node:crypto';
import type { Letta } from '@letta-ai/letta-client';
import { isUndefined, omitBy, pick } from 'es-toolkit';
import { discardBlock, ifGone, withHelpers } from '@/lib/letta/memory';

type State = Letta.Agents.AgentState;
type Making = Letta.Agents.AgentCreateParams;
type Block = State['blocks'][number];

/** Metadata of a copy: hash of what it was made from, or updated to. */
const ORIGINAL = 'callboard:original';
/** Metadata of a copy: by label, the hash of each block as it came from the original, or {@link WRITTEN}. */
const BLOCKS = 'callboard:blocks';
/** Instead of a hash: the copy wrote in the block before this was recorded, so it is the caller's memory. */
const WRITTEN = '';

/** What has to be requested of an original. */
export const INCLUDED = [
  'agent.blocks',
  'agent.tools',
  'agent.sources',
  'agent.secrets',
  'agent.managed_group',
] as const;

const hashOf = (value: unknown) =>
  createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 32);

const present = <T>(value: T | null | undefined): T | undefined => value ?? undefined;
const textOrder = (a: string, b: string) => (a < b ? -1 : Number(a > b));

/**
 * Names of tools that wait for an approval, which nobody can give in a call: Letta (0.16.8) would not answer the caller again,
 * in this call and in all others.
 */
const needApproval = ({ tool_rules: rules, tools }: State): ReadonlySet<unknown> =>
  new Set([
    ...(rules ?? [])
      .filter(({ type }) => type === 'requires_approval')
      .map((rule) => rule.tool_name),
    ...tools.filter((tool) => tool.default_requires_approval).map(({ name }) => name),
  ]);

/** The original's settings, in one order: Letta returns lists in any. */
function settingsOf(state: State): Making {
  const left = needApproval(state);
  const settings = {
    name: state.name,
    description: state.description ?? '',
    system: state.system,
    model: present(state.model),
    // One of an address of its own has no handle.
    llm_config: state.model ? undefined : state.llm_config,
    model_settings: present(state.model_settings) as Making['model_settings'],
    context_window_limit: state.llm_config.context_window,
    embedding: present(state.embedding),
    embedding_config: state.embedding ? undefined : present(state.embedding_config),
    tool_ids: state.tools
      .filter(({ name }) => !left.has(name))
      .map(({ id }) => id)
      .sort(textOrder),
    tool_rules: present(state.tool_rules)
      ?.filter((rule) => !left.has(rule.tool_name))
      .sort((a, b) => textOrder(JSON.stringify(a), JSON.stringify(b))),
    folder_ids: state.sources.flatMap(({ id }) => id ?? []).sort(textOrder),
    secrets: Object.fromEntries(
      (state.secrets ?? [])
        .map(({ key, value }) => [key, value] as const)
        .sort(([a], [b]) => textOrder(a, b)),
    ),
    message_buffer_autoclear: state.message_buffer_autoclear,
    // Without a helper (0.16.8 makes none without an embedding model), sleep-time is not in effect.
    enable_sleeptime: Boolean(state.enable_sleeptime && state.managed_group),
    compaction_settings: present(state.compaction_settings) as Making['compaction_settings'],
    timezone: present(state.timezone),
    response_format: present(state.response_format),
    max_files_open: present(state.max_files_open),
    per_file_view_window_char_limit: present(state.per_file_view_window_char_limit),
  };
  // The type of `omitBy` keeps what it omits.
  return omitBy(settings, isUndefined) as Making;
}

const labelOf = ({ label }: Block) => label ?? '';
const writableOf = ({ label, value, description, limit }: Block) => ({
  label: label ?? '',
  value,
  ...(typeof description === 'string' && { description }),
  ...(limit !== undefined && { limit }),
});

function versionOf(state: State): string {
  const blocks = state.blocks
    .map((block) => [labelOf(block), block.read_only ? block.id : writableOf(block)] as const)
    .sort(([a], [b]) => textOrder(a, b));
  return hashOf([settingsOf(state), blocks]);
}

/**
 * Parameters for a copy of an agent without its history. Read-only blocks, tools and folders are shared; blocks that the
 * agent may write are copied with their current content.
 */
export function copyParameters(state: State, tags: string[]): Making {
  const own = state.blocks.filter((block) => !block.read_only);
  return {
    ...settingsOf(state),
    agent_type: state.agent_type,
    block_ids: state.blocks.flatMap(({ read_only: fixed, id }) => (fixed && id) || []),
    memory_blocks: own.map(writableOf),
    include_base_tools: false,
    include_base_tool_rules: false,
    metadata: {
      [ORIGINAL]: versionOf(state),
      [BLOCKS]: Object.fromEntries(own.map((block) => [labelOf(block), hashOf(block.value)])),
    },
    tags,
    // Hidden from Letta's own lists too.
    hidden: true,
  };
}

/** A copy and its helpers while it is updated. */
interface Update {
  readonly client: Letta;
  /** The copy last. */
  readonly agents: readonly State[];
  readonly copy: State;
}

/** Adds a block; for a copy with sleep-time, Letta gives it to the helper too. */
const attach = ({ client, copy }: Update, id: string) =>
  client.agents.blocks.attach(id, { agent_id: copy.id });

async function detach({ client, agents }: Update, { id = '' }: Block): Promise<void> {
  for (const agent of agents) {
    await client.agents.blocks.detach(id, { agent_id: agent.id }).catch(ifGone);
  }
}

/** Removes a block from the copy, and from Letta if nobody else has it. */
async function remove(update: Update, block: Block): Promise<void> {
  if (!block.read_only && (await discardBlock(update.client, block, update.agents))) return;
  await detach(update, block);
}

async function add(update: Update, block: Block): Promise<void> {
  const made = await update.client.blocks.create(writableOf(block));
  try {
    await attach(update, made.id);
  } catch (error) {
    await update.client.blocks.delete(made.id).catch(ifGone);
    // Another process may have been faster: Letta allows a label once for each agent.
    const now = await update.client.agents.blocks
      .retrieve(labelOf(block), { agent_id: update.copy.id })
      .catch(() => undefined);
    if (!now) throw error;
  }
}

/** Brings the copy's own block up to date, unless the copy has written in it. Returns its hash, or {@link WRITTEN}. */
async function merge({ client }: Update, mine: Block, from: Block, asCopied: string | undefined) {
  const value = hashOf(mine.value) === asCopied ? from.value : mine.value;
  const next = {
    value,
    description: from.description ?? '',
    // Letta refuses a limit that the content exceeds.
    limit: Math.max(from.limit ?? 0, value.length),
  };
  const changed =
    mine.value !== value ||
    (mine.description ?? '') !== next.description ||
    mine.limit !== next.limit;
  if (mine.id && changed) await client.blocks.update(mine.id, next);
  return value === from.value ? hashOf(value) : WRITTEN;
}

/** Brings the copy's blocks up to date. Returns the new value of {@link BLOCKS}. */
async function mergeBlocks(update: Update, original: State): Promise<Record<string, string>> {
  const before = (update.copy.metadata?.[BLOCKS] ?? {}) as Readonly<Record<string, string>>;
  const after: Record<string, string> = {};
  const theirs = new Map(original.blocks.map((block) => [labelOf(block), block]));
  const mine = new Map(update.copy.blocks.map((block) => [labelOf(block), block]));
  for (const [label, block] of mine) {
    // What the copy wrote stays, even if the original no longer has the block.
    const isOriginals = block.read_only || before[label] === hashOf(block.value);
    if (!theirs.has(label) && isOriginals) await remove(update, block);
  }
  for (const [label, block] of theirs) {
    const own = mine.get(label);
    if (block.read_only) {
      if (own?.id === block.id) continue;
      if (own) await remove(update, own);
      await attach(update, block.id ?? '');
    } else if (own && !own.read_only) {
      after[label] = await merge(update, own, block, before[label]);
    } else {
      after[label] = hashOf(block.value);
      // The copy itself removed a block that it once had.
      if (!own && label in before) continue;
      if (own) await remove(update, own);
      await add(update, block);
    }
  }
  return after;
}

/** For `catch`: another process was faster. */
function ifThere(error: unknown): undefined {
  if ((error as { readonly status?: unknown }).status === 409) return undefined;
  throw error;
}

/** Gives the copy the original's folders: as a setting of an agent (0.16.8), they come without their files. */
async function followFolders({ client, copy }: Update, wanted: readonly string[]): Promise<void> {
  const has = copy.sources.flatMap(({ id }) => id ?? []);
  const of = { agent_id: copy.id };
  for (const id of wanted) {
    if (!has.includes(id)) await client.agents.folders.attach(id, of).catch(ifThere);
  }
  for (const id of has) {
    if (!wanted.includes(id)) await client.agents.folders.detach(id, of).catch(ifGone);
  }
}

/**
 * Updates a copy if its original has changed since. A call that goes on is not disturbed: Letta (0.16.8) uses the new
 * settings from its next answer on. Two processes may do it at once, because each step leads to the same state.
 * @returns the copy with its new metadata
 * @throws the client's errors; the next call tries again
 */
export async function followOriginal(client: Letta, copy: State, original: State): Promise<State> {
  const version = versionOf(original);
  if (copy.metadata?.[ORIGINAL] === version) return copy;
  const agents = await withHelpers(client, copy.id);
  const current = agents.at(-1);
  if (!current) return copy;
  const step = { client, agents, copy: current };
  const blocks = await mergeBlocks(step, original);
  const metadata = { ...current.metadata, [ORIGINAL]: version, [BLOCKS]: blocks };
  const { folder_ids, ...all } = settingsOf(original);
  const settings = all as Letta.AgentUpdateParams;
  await followFolders(step, folder_ids ?? []);
  await client.agents.update(copy.id, { ...settings, metadata });
  const model = pick(settings, ['model', 'model_settings', 'context_window_limit']);
  try {
    for (const { id } of agents.slice(0, -1)) {
      await client.agents.update(id, model);
    }
    // Letta (0.16.8) itself does so only when the agent edits its memory: until then, its prompt is the old one.
    for (const { id } of agents) await client.agents.recompile(id);
  } catch (error) {
    await client.agents.update(copy.id, { metadata: { ...metadata, [ORIGINAL]: '' } });
    throw error;
  }
  return { ...copy, metadata };
}
