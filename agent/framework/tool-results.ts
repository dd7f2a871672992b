// What: a tool's result that comes after its speech was interrupted is in the conversation, on the timeline, and told.
// Why: an interruption ends the framework's wait for the tools of that answer, but not the tools. Their results are dropped,
// for realtime models also those that came before. The model then takes the call for one that was never made, and books
// twice.
// Upstream: https://github.com/livekit/agents-js/issues/2249 for realtime models, https://github.com/livekit/agents/issues/3702
// in Python. The framework would have to give each call one output.
import { llm, log, voice } from '@livekit/agents';
import * as executors from '@/node_modules/@livekit/agents/dist/voice/tool_executor.js';

/** What this relies on: the framework's class that runs tools, and tells results that come later. */
interface Executor {
  execute(request: Request): Promise<unknown>;
  /** Adds items to the conversation, and asks for a reply to them once nobody speaks. */
  enqueueReply(ctx: voice.RunContext, items: llm.ChatItem[]): Promise<void>;
}
interface Request {
  readonly tool: llm.FunctionTool<never, unknown, unknown>;
  readonly runCtx: voice.RunContext;
}

const { ToolExecutor } = executors as unknown as { ToolExecutor: { prototype: Executor } };
const { execute } = ToolExecutor.prototype;

/** The output of a call as the framework writes it; undefined if there is none: after a handoff, or if nothing is to be said. */
async function outputOf(work: Promise<unknown>) {
  try {
    const result = await work;
    const { agent }: { agent?: unknown } = { ...(result as object | undefined) };
    if (agent instanceof voice.Agent) return undefined;
    return { output: JSON.stringify(result) ?? '', isError: false };
  } catch (error) {
    if (error instanceof voice.StopResponse) return undefined;
    const output = error instanceof llm.ToolError ? error.message : 'An internal error occurred';
    return { output, isError: true };
  }
}

const isDone = (speech: voice.SpeechHandle) =>
  new Promise<void>((resolve) => {
    if (speech.done()) resolve();
    else speech.addDoneCallback(() => resolve());
  });

const hasOutput = ({ items }: llm.ChatContext, { callId }: llm.FunctionCall) =>
  items.some((item) => item.type === 'function_call_output' && item.callId === callId);

/** Waits for a result, and adds it if the framework has dropped it. */
async function follow(executor: Executor, ctx: voice.RunContext, work: Promise<unknown>) {
  const { session, speechHandle: speech, functionCall: call } = ctx;
  const result = await outputOf(work);
  await isDone(speech);
  if (!result || !speech.interrupted || hasOutput(session.history, call)) return;
  const output = llm.FunctionCallOutput.create({ ...result, callId: call.callId, name: call.name });
  session.emit(
    voice.AgentSessionEventTypes.FunctionToolsExecuted,
    voice.createFunctionToolsExecutedEvent({
      functionCalls: [call],
      functionCallOutputs: [output],
    }),
  );
  const activity = session.currentAgent.getActivityOrThrow();
  const model = activity.realtimeLLMSession;
  const needsReply = output.output !== '';
  if (needsReply && !model) return executor.enqueueReply(ctx, [output]);
  for (const context of [session.currentAgent._chatCtx, session.history]) context.insert(output);
  if (!model) return;
  // It has its own conversation, with other ids.
  const conversation = model.chatCtx.copy();
  conversation.items.push(output);
  await model.updateChatCtx(conversation);
  if (!needsReply) return;
  await activity.waitForIdle();
  session.generateReply();
}

ToolExecutor.prototype.execute = function (request) {
  const { tool, runCtx } = request;
  const followed = (...given: Parameters<typeof tool.execute>) => {
    const work = Promise.resolve(tool.execute(...given));
    follow(this, runCtx, work).catch((error: unknown) => {
      log().debug({ error }, 'a late result was not told: the session had ended');
    });
    return work;
  };
  return execute.call(this, {
    ...request,
    tool: Object.create(tool, { execute: { value: followed } }),
  });
};
