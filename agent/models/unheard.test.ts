// What a model is told of an interruption.
import { initializeLogger, llm } from '@livekit/agents';
import { expect, test, vi } from 'vitest';
import { TimeoutLlm } from '@/agent/models/llm-timeout';
import { markUnheard, NOT_TOLD } from '@/agent/models/unheard';

initializeLogger({ pretty: false, level: 'silent' });

const user = (content: string) => llm.ChatMessage.create({ role: 'user', content });
const said = (content: string, interrupted = false) =>
  llm.ChatMessage.create({ role: 'assistant', content, interrupted });
const call = llm.FunctionCall.create({ callId: '1', name: 'book', args: '{}' });
const result = llm.FunctionCallOutput.create({ callId: '1', output: '"Booked."', isError: false });
const textOf = (...items: llm.ChatItem[]) =>
  markUnheard(new llm.ChatContext(items)).items.map((item) => {
    if (item.type === 'message') return item.textContent;
    return item.type === 'function_call_output' ? item.output : item.type;
  });
const told = ['function_call', '"Booked."'];
const untold = ['function_call', `"Booked."\n${NOT_TOLD}`];

test.each<[string, llm.ChatItem[], unknown[]]>([
  ['an answer', [said('Hello.'), user('Hi.')], ['Hello.', 'Hi.']],
  ['an interrupted answer', [said('We are open ', true), user('Hi.')], ['We are open …', 'Hi.']],
  ['a result that is still to be said', [call, result], told],
  [
    'a result that was said',
    [call, result, said('Booked.'), user('Hi.')],
    [...told, 'Booked.', 'Hi.'],
  ],
  ['a result before which the caller spoke', [call, result, user('Hi.')], [...untold, 'Hi.']],
  [
    'a result that was said in part',
    [call, result, said('Boo', true), user('Hi.'), said('Hello.')],
    [...untold, 'Boo …', 'Hi.', 'Hello.'],
  ],
])('%s', (_, items, expected) => {
  expect(textOf(...items)).toEqual(expected);
});

test('nothing else is changed', () => {
  const before = said('We are open ', true);
  const [after] = markUnheard(new llm.ChatContext([before])).items;
  expect(after).toMatchObject({ id: before.id, createdAt: before.createdAt, interrupted: true });
  expect(before.textContent).toBe('We are open ');
});

test('a model is asked with it', async () => {
  const chat = vi.fn<llm.LLM['chat']>(() => {
    throw new Error('enough');
  });
  const made = Promise.resolve({ chat, on() {}, off() {} } as unknown as llm.LLM);
  const names = { name: 'model', model: 'model', provider: 'model' };
  const model = new TimeoutLlm({ ...names, made, failed: () => {} });
  model.on('error', () => {});
  const chatCtx = new llm.ChatContext([said('We are open', true), user('Hi.')]);
  await model
    .chat({ chatCtx })
    .collect()
    .catch(() => undefined);
  await vi.waitFor(() => expect(chat).toHaveBeenCalled());
  expect(chat.mock.calls[0]?.[0].chatCtx.items[0]).toMatchObject({ content: ['We are open …'] });
});
