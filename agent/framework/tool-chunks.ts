// What: says when a piece of a tool call arrives from a model.
// Why: the framework's client keeps the pieces until the call is complete, and writing down a message takes longer than
// the timeout for a model's next token.
// Upstream: https://github.com/livekit/agents/issues/5826 (Python, the same code). `LLMStream` would have to pass the
// pieces on, or an event for them.
import { inference, type llm } from '@livekit/agents';

type Parse = (...piece: [string, { delta?: { tool_calls?: unknown } }, unknown]) => unknown;

/** Calls `arrived` for each piece of a tool call in the stream. */
export function onToolChunk(stream: llm.LLMStream, arrived: () => void): void {
  if (!(stream instanceof inference.LLMStream)) return;
  const client = stream as unknown as { parseChoice: Parse };
  const parse = client.parseChoice.bind(client);
  client.parseChoice = (...piece) => {
    if (piece[1].delta?.tool_calls) arrived();
    return parse(...piece);
  };
}
