// Tools whose answer is interrupted: each result is in the conversation once, and told.
import { initializeLogger, llm, voice } from '@livekit/agents';
import { expect, test, vi } from 'vitest';
import { z } from 'zod';
import { spokenCall } from '@/agent/framework/testing/spoken-call';

initializeLogger({ pretty: false, level: 'silent' });

type Request = Parameters<llm.LLM['chat']>[0];

/** Announces and uses its tool in the first reply, and then says what it was sent last. */
class Model extends llm.LLM {
  readonly asked: llm.ChatItem[][] = [];

  override label() {
    return 'stub';
  }

  override chat({ chatCtx, toolCtx, connOptions }: Request): llm.LLMStream {
    this.asked.push([...chatCtx.items]);
    const first = this.asked.length === 1;
    const last = chatCtx.items.at(-1);
    const told = last?.type === 'function_call_output' ? last.output : 'I see.';
    const call = llm.FunctionCall.create({ callId: '1', name: 'book', args: '{}' });
    const given = { chatCtx, ...(toolCtx && { toolCtx }) };
    const options = connOptions ?? { maxRetry: 0, retryIntervalMs: 0, timeoutMs: 1_000 };
    return new (class extends llm.LLMStream {
      protected override async run() {
        const content = first ? 'I will book that for you now.' : told;
        this.queue.put({ id: 'a', delta: { role: 'assistant', content } });
        if (!first) return;
        this.queue.put({ id: 'a', delta: { role: 'assistant', toolCalls: [call] } });
      }
    })(this, { ...given, connOptions: options });
  }
}

async function interrupted(result: () => unknown, ms: number) {
  const execute = vi.fn(async () => {
    await new Promise((resolve) => setTimeout(resolve, ms));
    return result();
  });
  const book = llm.tool({ name: 'book', description: 'Books.', parameters: z.object({}), execute });
  const model = new Model();
  const call = await spokenCall({ instructions: 'test', tools: [book], llm: model });
  const { session } = call;
  const reported: string[] = [];
  session.on(voice.AgentSessionEventTypes.FunctionToolsExecuted, (event) => {
    reported.push(...event.functionCallOutputs.map(({ output }) => output));
  });
  await call.speaks();
  await call.said('Book it.');
  await call.until(() => call.captions.text.trim() === 'I will book');
  await call.speaks();
  await call.said('Wait.');
  await call.pass(20_000);
  const { items } = session.history;
  const outputs = items.flatMap((item) =>
    item.type === 'function_call_output' ? [item.output] : [],
  );
  const last = items.findLast((item) => item.type === 'message');
  expect(execute).toHaveBeenCalledOnce();
  expect(reported).toEqual(outputs);
  return { outputs, last: last?.type === 'message' ? last.textContent : '', asked: model.asked };
}

test.each([
  ['a result', 5_000, () => 'Booked.', ['"Booked."'], '"Booked."'],
  ['a failure', 5_000, () => Promise.reject(new llm.ToolError('Full.')), ['Full.'], 'Full.'],
  ['nothing', 5_000, () => undefined, [''], 'I see.'],
  ['a result that came before', 100, () => 'Booked.', ['"Booked."'], 'I see.'],
])('%s', async (_, ms, result, expected, told) => {
  const { outputs, last, asked } = await interrupted(result, ms);
  expect(outputs).toEqual(expected);
  expect(last).toBe(told);
  expect(asked).toHaveLength(told === 'I see.' ? 2 : 3);
});
