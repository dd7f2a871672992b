// What an agent is told when it is sent into a call that has begun: the dispatch's metadata, written
// by whoever sends it and read by the agent. It is signed, as it enters prompts: what a client made up is
// not believed. Any other metadata is the project's own.
import { z } from 'zod';
import { CALLBACK } from '@/lib/livekit/attributes';
import { metadataObject } from './metadata';
import { readSigned, type Signing, writeSigned } from './signed-metadata';

/** Longest summary in characters, and most of the last lines that are passed on. Our own choice. */
const SUMMARY_MAX = 2_000;
const SAID_MAX = 40;
/** Most steps of a lost agent's talk that its successor is given. Our own choice. */
const HISTORY_MAX = 200;
/** Largest metadata of a dispatch in bytes: a token with it has to fit a header. */
const METADATA_MAX_BYTES = 14 * 1024;
/** Longest names in characters, and identities and names of rooms, as LiveKit limits them. */
const NAME_MAX = 100;
const CALLER_MAX = 200;
const IDENTITY_MAX = 256;

const said = z.object({
  speaker: z.enum(['caller', 'agent']),
  text: z.string().max(2_000),
});

/** One step of the talk so far: something said, or a tool with what it came to. */
const passed = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('said'),
    speaker: z.enum(['caller', 'agent']),
    text: z.string().max(METADATA_MAX_BYTES),
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
export type Passed = z.infer<typeof passed>;

const brief = z.discriminatedUnion('kind', [
  /** Another agent hands the caller over. */
  z.object({
    kind: z.literal('handover'),
    /** Who hands over: agent name, the name it goes by, and its identity in the caller's room. */
    from: z.object({
      agent: z.string().max(NAME_MAX),
      person: z.string().max(NAME_MAX),
      identity: z.string().max(IDENTITY_MAX),
    }),
    /** Why, and what is known, in words. */
    summary: z.string().max(SUMMARY_MAX),
    /** The caller's name, where they said it. */
    caller: z.string().max(CALLER_MAX).optional(),
    /** The last lines of the talk. */
    said: z.array(said).max(SAID_MAX),
    /** The room the caller is moved here from; not set where they stay in the same room. */
    movedFrom: z.string().max(IDENTITY_MAX).optional(),
  }),
  /** The caller calls the agent back, after a person or another agent had the word. */
  z.object({ kind: z.literal('callback') }),
  /** The agent of this call was lost: another of the same name goes on where it was cut off. */
  z.object({
    kind: z.literal('resume'),
    /** What was said and done, oldest first. */
    history: z.array(passed).max(HISTORY_MAX),
    /** Worker process that is not to take this job: it failed at the last one. */
    avoid: z.string().max(100).optional(),
  }),
]);
/** A brief, see the schema. */
export type Brief = z.infer<typeof brief>;
export type HandOverBrief = Extract<Brief, { kind: 'handover' }>;
type ResumeBrief = Extract<Brief, { kind: 'resume' }>;
/** Of an agent that comes anew. */
export type ComingBrief = Exclude<Brief, ResumeBrief>;

/** Whether an agent so told joins beside another one, and has to wait until it is given the word. */
export function waitsForTheWord(told: Brief | undefined): told is HandOverBrief {
  return told?.kind === 'handover' && !told.movedFrom;
}

/** Whether a client asks for an agent to be called back, and tells it nothing else. */
export function isCallback(metadata: string): boolean {
  const { callboard } = { callboard: undefined, ...metadataObject(metadata) };
  return JSON.stringify({ callboard }) === CALLBACK;
}

/** The brief in a dispatch's metadata, if there is one that an agent or the web process wrote for this room. */
export function readBrief(metadata: string, signing: Signing): Brief | undefined {
  if (isCallback(metadata)) return { kind: 'callback' };
  return brief.safeParse(readSigned('callboard', metadata, signing)).data;
}

/** As much of the history as fits, the newest kept. */
function resumed(told: ResumeBrief, signing: Signing): string {
  const metadata = writeSigned('callboard', told, signing);
  if (Buffer.byteLength(metadata) <= METADATA_MAX_BYTES || told.history.length === 0)
    return metadata;
  const history = told.history.slice(Math.ceil(told.history.length / 10));
  return resumed({ ...told, history }, signing);
}

/** The metadata of a dispatch that carries a brief; what is too long is cut, the newest kept. */
export function writeBrief(told: Exclude<Brief, { kind: 'callback' }>, signing: Signing): string {
  if (told.kind === 'resume')
    return resumed({ ...told, history: told.history.slice(-HISTORY_MAX) }, signing);
  const cut = {
    ...told,
    from: { ...told.from, person: told.from.person.slice(0, NAME_MAX) },
    summary: told.summary.slice(0, SUMMARY_MAX),
    caller: told.caller?.slice(0, CALLER_MAX),
    said: told.said.slice(-SAID_MAX).map((line) => ({ ...line, text: line.text.slice(0, 2_000) })),
  };
  return writeSigned('callboard', cut, signing);
}
