// What the console learns from the messages of a session, encoded as LiveKit's frameworks encode them.
import protobuf from 'protobufjs/light';
import { expect, test } from 'vitest';
import { SHOWN_MAX, sessionNews } from '@/lib/livekit/session-message';

/** A message type with fields as in `livekit_agent_session.proto`: "repeated FunctionCall function_calls = 1". */
const type = (...fields: readonly string[]) => ({
  fields: Object.fromEntries(
    fields.map((line) => {
      const [, rule, of, name, id] = /^(?:(repeated) )?(\S+) (\S+) = (\d+)$/.exec(line) ?? [];
      return [name, { ...(rule && { rule }), type: of, id: Number(id) }];
    }),
  ),
});
const Message = protobuf.Root.fromJSON({
  nested: {
    Timestamp: type('int64 seconds = 1', 'int32 nanos = 2'),
    Metrics: type('double e2e_latency = 8'),
    Content: type('string text = 1'),
    ChatMessage: type(
      ...['string id = 1', 'int32 role = 2', 'repeated Content content = 3'],
      ...['bool interrupted = 4', 'double confidence = 5', 'Metrics metrics = 7'],
    ),
    Call: type('string id = 1', 'string call_id = 2', 'string arguments = 3', 'string name = 4'),
    Output: type('string id = 1', 'string name = 2', 'string output = 4', 'bool is_error = 5'),
    Handoff: type('string id = 1', 'string old_agent_id = 2', 'string new_agent_id = 3'),
    Config: type(
      'string instructions = 2',
      'repeated string added = 3',
      'repeated string removed = 4',
    ),
    Item: type('ChatMessage message = 1', 'Handoff handoff = 4', 'Config config = 5'),
    Added: type('Item item = 1'),
    State: type('int32 old_state = 1', 'int32 new_state = 2'),
    Tools: type('repeated Call calls = 1', 'repeated Output outputs = 2'),
    Failed: type('string message = 1'),
    Llm: type(
      ...['string provider = 1', 'string model = 2', 'int32 input_tokens = 3'],
      ...['int32 output_tokens = 11', 'double duration = 14'],
    ),
    Tts: type('string provider = 1', 'string model = 2', 'int32 characters_count = 5'),
    Stt: type('string provider = 1', 'string model = 2', 'double audio_duration = 5'),
    Model: type('Llm llm = 1', 'Tts tts = 2', 'Stt stt = 3'),
    Usage: type('repeated Model model_usage = 1'),
    Used: type('Usage usage = 1'),
    Event: type(
      ...['Timestamp created_at = 1', 'State agent_state = 10', 'State user_state = 11'],
      ...['Added added = 12', 'Tools tools = 14', 'Failed error = 15', 'Used used = 17'],
      'Failed debug = 21',
    ),
    Request: type('string request_id = 1'),
    Message: type('Event event = 3', 'Request request = 4'),
  },
}).lookupType('Message');

const encoded = (content: object): Uint8Array =>
  new Uint8Array(Message.encode(Message.fromObject(content)).finish());
const news = (event: object) =>
  sessionNews(encoded({ event: { created_at: { seconds: 1_795_851_089, nanos: 5 }, ...event } }));
const said = (message: object) => news({ added: { item: { message } } });

test('the states of the agent and of the user, also those with the number 0', () => {
  expect(news({ agent_state: { old_state: 2, new_state: 3 } })).toEqual([
    { kind: 'agent', state: 'thinking' },
  ]);
  expect(news({ agent_state: { old_state: 2 } })).toEqual([
    { kind: 'agent', state: 'initializing' },
  ]);
  expect(news({ user_state: { new_state: 2 } })).toEqual([{ kind: 'user', state: 'away' }]);
  expect(news({ user_state: {} })).toEqual([{ kind: 'user', state: 'speaking' }]);
  expect(news({ user_state: { new_state: 9 } })).toEqual([]);
});

test('what was said, cut if it is long', () => {
  const metrics = { e2e_latency: 0.6 };
  expect(
    said({
      id: 'm',
      role: 3,
      content: [{ text: 'Grüß' }, { text: 'Gott' }],
      interrupted: true,
      metrics,
    }),
  ).toEqual([{ kind: 'said', role: 'assistant', text: 'Grüß\nGott', interrupted: true }]);
  expect(said({ role: 2, content: [{ text: 'x'.repeat(SHOWN_MAX + 1) }] })).toEqual([
    { kind: 'said', role: 'user', text: `${'x'.repeat(SHOWN_MAX - 1)}…`, interrupted: false },
  ]);
});

test('handoffs and changed tools, without the instructions', () => {
  expect(news({ added: { item: { handoff: { old_agent_id: 'a', new_agent_id: 'b' } } } })).toEqual([
    { kind: 'handoff', to: 'b' },
  ]);
  const config = { instructions: 'Be kind.', added: ['find', 'book'], removed: ['cancel'] };
  expect(news({ added: { item: { config } } })).toEqual([
    { kind: 'tools', added: ['find', 'book'], removed: ['cancel'] },
  ]);
});

test('tools with their results', () => {
  expect(
    news({
      tools: {
        calls: [{ name: 'find', arguments: '{"day":1}' }, { name: 'book' }, { name: 'cancel' }],
        outputs: [
          { name: 'find', output: '[]' },
          { name: 'book', output: 'gone', is_error: true },
        ],
      },
    }),
  ).toEqual([
    { kind: 'tool', tool: 'find', args: '{"day":1}', result: '[]', failed: false },
    { kind: 'tool', tool: 'book', args: '', result: 'gone', failed: true },
    { kind: 'tool', tool: 'cancel', args: '', result: undefined, failed: false },
  ]);
});

test('usage and errors', () => {
  const llm = {
    provider: 'openai',
    model: 'gpt-5',
    input_tokens: 300,
    output_tokens: 20,
    duration: 1,
  };
  const model_usage = [
    { llm },
    { tts: { model: 'flite', characters_count: 40 } },
    { stt: { model: 'moonshine', audio_duration: 3 } },
    {},
  ];
  expect(news({ used: { usage: { model_usage } } })).toEqual([
    {
      kind: 'usage',
      models: [
        { model: 'openai gpt-5', inputTokens: 300, outputTokens: 20 },
        { model: 'flite', characters: 40 },
        { model: 'moonshine' },
      ],
    },
  ]);
  expect(news({ error: { message: 'openai.STT' } })).toEqual([
    { kind: 'error', message: 'openai.STT' },
  ]);
});

test('other messages are not shown', () => {
  expect(news({ debug: { message: 'x' } })).toEqual([]);
  expect(sessionNews(encoded({ request: { request_id: 'r' } }))).toEqual([]);
  expect(sessionNews(new Uint8Array())).toEqual([]);
});

test('no bytes make it fail or hang', () => {
  const whole = encoded({ event: { tools: { calls: [{ name: 'find', arguments: '{}' }] } } });
  for (let length = 0; length < whole.length; length += 1) sessionNews(whole.subarray(0, length));
  for (let byte = 0; byte < 256; byte += 1) sessionNews(new Uint8Array(64).fill(byte));
  const wrongType = whole.slice();
  wrongType[0] = (3 << 3) | 0;
  expect(sessionNews(wrongType)).toEqual([]);
});
