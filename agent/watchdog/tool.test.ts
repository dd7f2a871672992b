// Tools that never return.
import { llm } from '@livekit/agents';
import { expect, test, vi } from 'vitest';
import { z } from 'zod';
import { idleMachine } from '@/agent/testing/idle-machine';
import { WatchedTools } from '@/agent/watchdog/tool';

function open(name: string, execute: () => Promise<unknown>) {
  idleMachine();
  const watch = { slow: vi.fn(), givenUp: vi.fn() };
  const tools = new WatchedTools(watch.givenUp);
  tools.onSlow = watch.slow;
  const tool = llm.tool({ name, description: 'test', parameters: z.object({}), execute });
  const limited = tools.limited(tool);
  const run = () => limited.execute({}, {} as never);
  return { ...watch, tools, tool, limited, run };
}
const never = () => new Promise<never>(() => {});

test('the same tool runs, with what it has', async () => {
  const { slow, givenUp, tools, tool, limited, run } = open('free', async () => 'at nine');
  expect(llm.isFunctionTool(limited)).toBe(true);
  expect({ ...limited, execute: undefined }).toEqual({ ...tool, execute: undefined });
  const result = run();
  expect(tools.isRunning).toBe(true);
  expect(await result).toBe('at nine');
  expect(tools.isRunning).toBe(false);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(slow).not.toHaveBeenCalled();
  expect(givenUp).not.toHaveBeenCalled();
});

test('one that takes long is announced once, and given up in the end', async () => {
  const { slow, givenUp, tools, run } = open('free', never);
  const result = run().catch((error: unknown) => error);
  await vi.advanceTimersByTimeAsync(3_499);
  expect(slow).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(16_500);
  expect(slow).toHaveBeenCalledTimes(1);
  expect(givenUp).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  expect(givenUp.mock.calls).toEqual([[20_000]]);
  expect(await result).toEqual(
    new llm.ToolError('It did not answer in 20 s. Whether it was done is not known.'),
  );
  expect(tools.isRunning).toBe(false);
});

test('one that fails, fails', async () => {
  const { tools, run } = open('free', () => Promise.reject(new llm.ToolError('closed')));
  await expect(run()).rejects.toThrow('closed');
  expect(tools.isRunning).toBe(false);
});

test('a handoff has limits of its own, and runs too', async () => {
  const { slow, givenUp, tools, run } = open('handOff', never);
  void run();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(slow).not.toHaveBeenCalled();
  expect(givenUp).not.toHaveBeenCalled();
  expect(tools.isRunning).toBe(true);
});
