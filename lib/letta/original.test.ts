// A changed original reaches the copies that callers already have, and their memory stays.
import type { Letta } from '@letta-ai/letta-client';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { lettaClient } from '@/lib/letta/client';
import { CALL_TAG, callersCopy } from '@/lib/letta/copies';
import { type LettaStandIn, startLetta } from '@/lib/letta/testing/letta-server';

let letta: LettaStandIn;
let client: Letta;
let sam: string;
let ann: string;

const agent = (id: string) =>
  letta.agents.get(id) as NonNullable<ReturnType<typeof letta.agents.get>>;
const block = (id: string, label: string) => agent(id).blocks.find((one) => one.label === label);
const values = (id: string) =>
  Object.fromEntries(agent(id).blocks.map(({ label, value }) => [label, value]));
const patches = () => letta.asked.filter((one) => /^(PATCH|POST|DELETE)/.test(one)).length;
const call = (original = sam, caller = 'ann') => callersCopy(client, original, caller);

beforeEach(async () => {
  letta = await startLetta();
  client = await lettaClient({ url: letta.url, key: undefined }, 2_000);
  sam = letta.add('Sam');
  ann = await call();
  agent(ann).talk.push('I am Ann.');
});
afterEach(() => letta.close());

/** Adds a block to an agent, as a team does at Letta. */
async function give(id: string, label: string, value: string, read_only = false): Promise<void> {
  const made = await client.blocks.create({ label, value, read_only });
  await client.agents.blocks.attach(made.id, { agent_id: id });
}

test('an unchanged original costs no more than before: one update of the copy', async () => {
  const before = patches();
  expect(await call()).toBe(ann);
  expect(patches()).toBe(before + 1);
});

test('settings of the original are those of the copy from the next call on, and its prompt is compiled', async () => {
  const changes = {
    ...{ name: 'Samantha', system: 'You are a pirate.', model: 'openai/gpt-4.1' },
    ...{ tool_ids: ['tool-b', 'tool-a'], folder_ids: ['source-1'], timezone: 'Europe/Berlin' },
    ...{ context_window_limit: 32_000, secrets: { KEY: 'new' }, message_buffer_autoclear: true },
    tool_rules: [{ tool_name: 'a', type: 'exit_loop' as const }],
  };
  await client.agents.update(sam, changes);
  expect(await call()).toBe(ann);
  const {
    tool_ids: _,
    folder_ids: __,
    context_window_limit: ___,
    secrets: ____,
    ...same
  } = changes;
  expect(agent(ann)).toMatchObject({
    ...same,
    llm_config: { context_window: 32_000 },
    tools: [{ id: 'tool-a' }, { id: 'tool-b' }],
    sources: [{ id: 'source-1' }],
    secrets: [{ key: 'KEY', value: 'new' }],
    talk: ['I am Ann.'],
    hidden: true,
  });
  expect(agent(ann).prompt).toContain('You are a pirate.');
  const before = patches();
  await call();
  expect(patches()).toBe(before + 1);
});

test('what is removed from the original is removed from the copy', async () => {
  await client.agents.update(sam, { tool_ids: ['tool-a'], secrets: { KEY: 'x' } });
  await call();
  await client.agents.update(sam, { tool_ids: [], secrets: {} });
  await call();
  expect(agent(ann)).toMatchObject({ tools: [], secrets: [] });
});

test('folders come and go with their files', async () => {
  const of = { agent_id: sam };
  await client.agents.folders.attach('source-1', of);
  const bob = await call(sam, 'bob');
  await call();
  for (const id of [ann, bob]) expect(agent(id).files).toEqual(['source-1']);
  await client.agents.folders.attach('source-2', of);
  await client.agents.folders.detach('source-1', of);
  await Promise.all([call(), call()]);
  expect(agent(ann)).toMatchObject({ files: ['source-2'], sources: [{ id: 'source-2' }] });
});

test('a tool that waits for an approval is left out, because nobody in a call can give it', async () => {
  const rule = (tool_name: string, type: 'requires_approval' | 'exit_loop') => ({
    tool_name,
    type,
  });
  await client.agents.update(sam, {
    tool_ids: ['tool-pay', 'tool-look', 'tool-send'],
    tool_rules: [
      rule('pay', 'requires_approval'),
      rule('pay', 'exit_loop'),
      rule('look', 'exit_loop'),
    ],
  });
  Object.assign(agent(sam).tools[2] ?? {}, { default_requires_approval: true });
  const bob = await call(sam, 'bob');
  await call();
  for (const id of [ann, bob]) {
    expect(agent(id)).toMatchObject({
      tools: [{ name: 'look' }],
      tool_rules: [{ tool_name: 'look' }],
    });
  }
});

test('a model that Letta knows by its address only is used by copies too', async () => {
  const at = (model: string) =>
    Object.assign(agent(sam), { model: null, llm_config: { model, context_window: 8_000 } });
  at('own-1');
  const bob = await call(sam, 'bob');
  expect(agent(bob)).toMatchObject({ llm_config: { model: 'own-1' } });
  at('own-2');
  await call(sam, 'bob');
  expect(agent(bob)).toMatchObject({ llm_config: { model: 'own-2' } });
});

test('the order in which Letta lists tools is no change', async () => {
  await client.agents.update(sam, { tool_ids: ['tool-a', 'tool-b'] });
  await call();
  agent(sam).tools.reverse();
  const before = patches();
  await call();
  expect(patches()).toBe(before + 1);
});

describe('a block', () => {
  test('that the copy has not written in has the new text; one that it has written in stays', async () => {
    await give(sam, 'persona', 'I am kind.');
    await call();
    const own = block(ann, 'human');
    if (own) own.value = 'Ann likes tea.';
    for (const label of ['human', 'persona']) {
      await client.blocks.update(block(sam, label)?.id ?? '', { value: `New ${label}.` });
    }
    await call();
    expect(values(ann)).toMatchObject({ human: 'Ann likes tea.', persona: 'New persona.' });
    expect(agent(ann).prompt).toContain('New persona.');
    // It stays the caller's also at the next change.
    await client.blocks.update(block(sam, 'human')?.id ?? '', { value: 'Ask for the address.' });
    await call();
    expect(values(ann).human).toBe('Ann likes tea.');
  });

  test('that is new is added, each caller has their own, and read-only ones are shared', async () => {
    await give(sam, 'notes', 'None.');
    await give(sam, 'prices', 'Free.', true);
    await call();
    expect(values(ann)).toMatchObject({ notes: 'None.', prices: 'Free.' });
    expect(block(ann, 'notes')?.id).not.toBe(block(sam, 'notes')?.id);
    expect(block(ann, 'prices')?.id).toBe(block(sam, 'prices')?.id);
  });

  test('that is removed is removed, unless the copy has written in it or made it', async () => {
    await give(sam, 'notes', 'None.');
    await give(sam, 'empty', 'Nothing.');
    await call();
    await give(ann, 'own', 'Made by the agent.');
    const notes = block(ann, 'notes');
    if (notes) notes.value = 'Ann called.';
    const unwritten = block(ann, 'empty')?.id ?? '';
    for (const label of ['notes', 'empty', 'shop']) {
      await client.agents.blocks.detach(block(sam, label)?.id ?? '', { agent_id: sam });
    }
    await call();
    expect(values(ann)).toEqual({
      human: 'nothing',
      notes: 'Ann called.',
      own: 'Made by the agent.',
    });
    expect(letta.blocks.has(unwritten)).toBe(false);
  });

  test('that the copy itself removed is not added again', async () => {
    await client.agents.blocks.detach(block(ann, 'human')?.id ?? '', { agent_id: ann });
    await client.agents.update(sam, { system: 'New.' });
    await call();
    expect(values(ann)).not.toHaveProperty('human');
  });

  test('that becomes read-only is the original’s, and the other way round', async () => {
    const mine = block(ann, 'human')?.id ?? '';
    for (const label of ['human', 'shop']) {
      await client.agents.blocks.detach(block(sam, label)?.id ?? '', { agent_id: sam });
    }
    await give(sam, 'human', 'Fixed.', true);
    await give(sam, 'shop', 'Changes.');
    await call();
    expect(block(ann, 'human')?.id).toBe(block(sam, 'human')?.id);
    expect(letta.blocks.has(mine)).toBe(false);
    expect(values(ann).shop).toBe('Changes.');
    expect(block(ann, 'shop')?.id).not.toBe(block(sam, 'shop')?.id);
  });

  test('may become smaller than what the copy wrote', async () => {
    const own = block(ann, 'human');
    if (own) own.value = 'A long memory.';
    await client.blocks.update(block(sam, 'human')?.id ?? '', { value: 'x', limit: 5 });
    await call();
    expect(block(ann, 'human')).toMatchObject({ value: 'A long memory.', limit: 14 });
  });
});

test('a copy of an earlier release keeps all blocks, and gets the settings', async () => {
  agent(ann).metadata = { 'callboard:called': new Date().toISOString() };
  await client.agents.update(sam, { system: 'New.' });
  await client.blocks.update(block(sam, 'human')?.id ?? '', { value: 'Ask.' });
  await call();
  expect(values(ann).human).toBe('nothing');
  expect(agent(ann).system).toBe('New.');
});

test('the helper of a copy with sleep-time gets the model and new blocks', async () => {
  const eve = letta.add('Eve', { enable_sleeptime: true });
  const copy = await call(eve);
  await client.agents.update(eve, { model: 'openai/gpt-4.1' });
  await give(eve, 'notes', 'None.');
  await call(eve);
  const [helper = ''] = agent(copy).managed_group?.agent_ids ?? [];
  expect(agent(helper)).toMatchObject({ model: 'openai/gpt-4.1' });
  expect(values(helper)).toMatchObject({ notes: 'None.', memory_persona: 'I am a helper.' });
});

test('two processes may update at once', async () => {
  await client.agents.update(sam, { system: 'New.' });
  await give(sam, 'notes', 'None.');
  await client.blocks.update(block(sam, 'human')?.id ?? '', { value: 'Ask.' });
  const before = letta.blocks.size;
  expect(await Promise.all([call(), call(), call()])).toEqual([ann, ann, ann]);
  expect(values(ann)).toEqual({ human: 'Ask.', notes: 'None.', shop: 'Open from 9 to 5.' });
  expect(agent(ann).blocks).toHaveLength(3);
  expect(letta.blocks.size).toBe(before + 1);
  await client.blocks.update(block(sam, 'notes')?.id ?? '', { value: 'Some.' });
  await call();
  expect(values(ann).notes).toBe('Some.');
});

test('simultaneous calls are all recorded', async () => {
  await Promise.all(['1', '2', '3'].map((id) => callersCopy(client, sam, 'ann', id)));
  expect(agent(ann).tags.filter((tag) => tag.startsWith(CALL_TAG))).toHaveLength(3);
});

test('a call begins with the copy as it is if it cannot be updated, and the next call tries again', async () => {
  const errors = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  await client.agents.update(sam, { system: 'New.' });
  letta.failing.add('/recompile');
  expect(await call()).toBe(ann);
  expect(errors).toHaveBeenCalledWith(expect.stringContaining('could not be updated'));
  errors.mockRestore();
  letta.failing.clear();
  await call();
  expect(agent(ann).prompt).toContain('New.');
});

test('a deleted original has no more calls', async () => {
  await client.agents.delete(sam);
  await expect(call()).rejects.toMatchObject({ status: 404 });
});
