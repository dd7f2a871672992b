// The handoff context: what an agent knows when it joins a call that has already begun. The sender writes it
// to the dispatch's metadata, and the agent reads it. It enters prompts, so it is signed, and unsigned contexts
// are ignored. Any other metadata belongs to the project.
import { z } from 'zod';
import { metadataObject } from '@/lib/dispatch/metadata';
import { readSigned, type Signing, writeSigned } from '@/lib/dispatch/signed-metadata';
import { CALLBACK } from '@/lib/livekit/attributes';

/** Longest summary in characters, and most lines of conversation that are passed on. Our own choice. */
const SUMMARY_MAX = 2_000;
const SAID_MAX = 40;
/** Most steps of a lost agent's conversation that its replacement gets. Our own choice. */
const HISTORY_MAX = 200;
/** Largest metadata of a dispatch in bytes: a token with it must fit in a header. */
const METADATA_MAX_BYTES = 14 * 1024;
/** Longest names in characters. Identities and room names have LiveKit's limit. */
const NAME_MAX = 100;
const CALLER_MAX = 200;
const IDENTITY_MAX = 256;

/** Whether the caller interrupted a line: the text is what they heard of it. */
const interrupted = z.boolean().optional();

const said = z.object({
  speaker: z.enum(['caller', 'agent']),
  text: z.string().max(2_000),
  interrupted,
});

/** One step of the conversation so far: something said, or a tool call with its result. */
const passed = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('said'),
    speaker: z.enum(['caller', 'agent']),
    text: z.string().max(METADATA_MAX_BYTES),
    interrupted,
  }),
  z.object({
    kind: z.literal('tool'),
    tool: z.string().max(NAME_MAX),
    /** JSON. */
    args: z.string().max(METADATA_MAX_BYTES),
    result: z.string().max(METADATA_MAX_BYTES),
    failed: z.boolean(),
  }),
]);
export type HistoryItem = z.infer<typeof passed>;

const handoffContext = z.discriminatedUnion('kind', [
  /** Another agent hands the caller off. */
  z.object({
    /** Workers of before 0.2 send `handover`. */
    kind: z.enum(['handoff', 'handover']).transform(() => 'handoff' as const),
    /** The agent that hands off: agent name, display name, and identity in the caller's room. */
    from: z.object({
      agent: z.string().max(NAME_MAX),
      person: z.string().max(NAME_MAX),
      identity: z.string().max(IDENTITY_MAX),
    }),
    /** Why, and what is known. */
    summary: z.string().max(SUMMARY_MAX),
    /** The caller's name, if they gave it. */
    caller: z.string().max(CALLER_MAX).optional(),
    /** The last lines of the conversation. */
    said: z.array(said).max(SAID_MAX),
    /** The room that the caller is moved from; not set if they stay in their room. */
    movedFrom: z.string().max(IDENTITY_MAX).optional(),
  }),
  /** The caller calls the agent back after talking to a person or another agent. */
  z.object({ kind: z.literal('callback') }),
  /** The agent of this call was lost: a replacement continues where it stopped. */
  z.object({
    kind: z.literal('resume'),
    /** What was said and done, oldest first. */
    history: z.array(passed).max(HISTORY_MAX),
    /** A worker that must not take this job, because it failed at the last one. */
    avoid: z.string().max(100).optional(),
  }),
]);
/** A handoff context, see the schema. */
export type HandoffContext = z.infer<typeof handoffContext>;
export type AgentHandoffContext = Extract<HandoffContext, { kind: 'handoff' }>;
type ResumeContext = Extract<HandoffContext, { kind: 'resume' }>;
/** A handoff context other than a resumed call. */
export type NewAgentContext = Exclude<HandoffContext, ResumeContext>;

/** Whether the agent joins beside another one, and waits until that one hands off. */
export function waitsForHandoff(
  context: HandoffContext | undefined,
): context is AgentHandoffContext {
  return context?.kind === 'handoff' && !context.movedFrom;
}

/** Whether the metadata is a client's request to call an agent back, and nothing else. */
export function isCallback(metadata: string): boolean {
  const { callboard } = { callboard: undefined, ...metadataObject(metadata) };
  return JSON.stringify({ callboard }) === CALLBACK;
}

/** The handoff context in a dispatch's metadata, if an agent or the web process signed it for this room. */
export function readHandoffContext(metadata: string, signing: Signing): HandoffContext | undefined {
  if (isCallback(metadata)) return { kind: 'callback' };
  return handoffContext.safeParse(readSigned('callboard', metadata, signing)).data;
}

/** Serializes as much of the history as fits, the newest part. */
function resumed(context: ResumeContext, signing: Signing): string {
  const metadata = writeSigned('callboard', context, signing);
  if (Buffer.byteLength(metadata) <= METADATA_MAX_BYTES || context.history.length === 0)
    return metadata;
  const history = context.history.slice(Math.ceil(context.history.length / 10));
  return resumed({ ...context, history }, signing);
}

/** Serializes as many of the last lines as fit. */
function handedOff(context: AgentHandoffContext, signing: Signing): string {
  const metadata = writeSigned('callboard', context, signing);
  if (Buffer.byteLength(metadata) <= METADATA_MAX_BYTES || context.said.length === 0)
    return metadata;
  return handedOff({ ...context, said: context.said.slice(1) }, signing);
}

/** The metadata of a dispatch with a handoff context. Long values are cut; the newest history is kept. */
export function writeHandoffContext(
  context: Exclude<HandoffContext, { kind: 'callback' }>,
  signing: Signing,
): string {
  if (context.kind === 'resume')
    return resumed({ ...context, history: context.history.slice(-HISTORY_MAX) }, signing);
  const cut = {
    ...context,
    from: { ...context.from, person: context.from.person.slice(0, NAME_MAX) },
    summary: context.summary.slice(0, SUMMARY_MAX),
    caller: context.caller?.slice(0, CALLER_MAX),
    said: context.said
      .slice(-SAID_MAX)
      .map((line) => ({ ...line, text: line.text.slice(0, 2_000) })),
  };
  return handedOff(cut, signing);
}
