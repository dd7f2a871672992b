// A transcript line as it is shown, copied, and sent to participants who join later. The schema is for the latter: what
// another browser sends is validated before it is shown.
import * as z from 'zod/mini';
import { KINDS } from '@/lib/call/present';

/** Longest text and name in characters. Our own choice: far above speech. */
const TEXT_MAX = 10_000;
const NAME_MAX = 300;

/** Somebody interrupted it, or its speaker was lost. */
const CUTS = ['interrupted', 'lost'] as const;

const key = z.string().check(z.minLength(1), z.maxLength(NAME_MAX));
/** Milliseconds since the call was connected. */
const at = z.number();
const text = z.string().check(z.maxLength(TEXT_MAX));
const name = z.string().check(z.maxLength(NAME_MAX));

export const line = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('speech'),
    key,
    at,
    voice: z.object({ side: z.enum(['you', 'agent', 'person']), by: name, name }),
    text,
    final: z.boolean(),
    typed: z.boolean(),
    /** Not spoken but pressed on a telephone keypad. */
    pressed: z.optional(z.boolean()),
    /** Why the line was cut; `text` is what was actually said. */
    cut: z.union([z.literal(false), z.enum(CUTS)]),
    /** Milliseconds from the end of the caller's speech to this response's first audio. */
    answeredMs: z.optional(z.number()),
  }),
  z.object({
    kind: z.literal('tool'),
    key,
    at,
    label: text,
    ms: z.number(),
    /** JSON or plain text. */
    args: z.optional(text),
    result: z.optional(text),
    failed: z.optional(z.boolean()),
    /** Name of the outcome of the call that it set. */
    outcome: z.optional(name),
  }),
  z.object({ kind: z.literal('trouble'), key, at, text }),
  z.object({
    kind: z.literal('divider'),
    key,
    at,
    divider: z.discriminatedUnion('what', [
      z.object({
        what: z.enum(['joined', 'left', 'lost', 'back']),
        name,
        kind: z.optional(z.enum(KINDS)),
      }),
      z.object({
        // Pages of before 0.2 send `handover`.
        what: z.pipe(
          z.enum(['handoff', 'handover']),
          z.transform(() => 'handoff' as const),
        ),
        from: name,
        to: name,
      }),
      z.object({ what: z.enum(['moved', 'again']) }),
    ]),
  }),
]);

/** See the schema. */
export type Line = z.infer<typeof line>;
export type SpokenLine = Extract<Line, { kind: 'speech' }>;
