// What: the mark that ends a segment of speech, for the stream of a model.
// Why: the framework accepts it there, but its type allows it for an agent's LLM node only.
// Upstream: none reported. `llm.LLMStream` would have to allow `FlushSentinel` next to `ChatChunk`.
import { FlushSentinel, type llm } from '@livekit/agents';

/** Ends a segment of speech, so that the sentences before it are spoken while the rest is generated. */
export const FLUSH = FlushSentinel as unknown as llm.ChatChunk;
