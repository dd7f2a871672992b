// The conversation that a model is sent is limited.
import { llm } from '@livekit/agents';
import { describe, expect, it } from 'vitest';
import { HISTORY_MAX, recentHistory } from '@/agent/models/recent-history';

const say = (role: 'system' | 'user' | 'assistant', content: string) =>
  llm.ChatMessage.create({ role, content });
const system = say('system', 'Be kind.');
const turns = (count: number, size = 2_000) =>
  Array.from({ length: count }, (_, at) => [
    say('user', `${at}`.padEnd(size, '.')),
    say('assistant', 'I see.'),
  ]).flat();
const size = ({ items }: llm.ChatContext) =>
  items.reduce(
    (sum, item) => sum + (item.type === 'message' ? (item.textContent?.length ?? 0) : 0),
    0,
  );

describe('the history of a model', () => {
  it('is complete while it is short', () => {
    const short = new llm.ChatContext([system, ...turns(20)]);
    expect(recentHistory(short)).toBe(short);
  });

  it('has a limited size, the instructions, and the latest turns', () => {
    const items = [system, ...turns(300)];
    const recent = recentHistory(new llm.ChatContext(items));
    expect(size(recent)).toBeLessThanOrEqual(HISTORY_MAX);
    expect(size(recent)).toBeGreaterThan(HISTORY_MAX / 2);
    expect(recent.items[0]).toBe(system);
    expect(recent.items.slice(1)).toEqual(items.slice(1 - recent.items.length));
  });

  it('begins at the same place for several turns, which models have cached then', () => {
    const all = turns(107);
    const first = (count: number) =>
      recentHistory(new llm.ChatContext([system, ...all.slice(0, 2 * count)])).items[1];
    const places = new Set(Array.from({ length: 7 }, (_, more) => first(100 + more)));
    expect(places.size).toBeLessThanOrEqual(2);
  });

  it('begins with no tool result, and keeps all of the current turn', () => {
    const call = llm.FunctionCall.create({ callId: 'a', name: 'find', args: '{}' });
    const result = llm.FunctionCallOutput.create({
      ...{ callId: 'a', name: 'find', isError: false },
      output: 'x'.repeat(2 * HISTORY_MAX),
    });
    const over = recentHistory(
      new llm.ChatContext([system, say('user', 'Find it.'), call, result]),
    );
    expect(over.items).toHaveLength(4);
    const past = recentHistory(
      new llm.ChatContext([system, say('user', 'Find it.'), call, result, say('user', 'Thanks.')]),
    );
    expect(past.items.map(({ type }) => type)).toEqual(['message', 'message']);
  });
});
