// A transcript line as it is shown, copied, and sent to participants who join later. The schema is for the latter: what
// another browser sends is validated before it is shown.
import { z } from 'zod';
import { KINDS } from '@/lib/call/present';

/** Longest text and name in characters. Our own choice: far above speech. */
const TEXT_MAX = 10_000;
const NAME_MAX = 300;

/** Somebody interrupted it, or its speaker was lost. */
const CUTS = ['interrupted', 'lost'] as const;

const key = z.string().min(1).max(NAME_MAX);
/** Milliseconds since the call was connected. */
const at = z.number();
const text = z.string().max(TEXT_MAX);
const name = z.string().max(NAME_MAX);

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
    pressed: z.boolean().optional(),
    /** Why the line was cut; `text` is what was actually said. */
    cut: z.union([z.literal(false), z.enum(CUTS)]),
    /** Milliseconds from the end of the caller's speech to this response's first audio. */
    answeredMs: z.number().optional(),
  }),
  z.object({
    kind: z.literal('tool'),
    key,
    at,
    label: text,
    ms: z.number(),
    /** JSON or plain text. */
    args: text.optional(),
    result: text.optional(),
    failed: z.boolean().optional(),
    /** Name of the outcome of the call that it set. */
    outcome: name.optional(),
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
        kind: z.enum(KINDS).optional(),
      }),
      z.object({
        // Pages of before 0.2 send `handover`.
        what: z.enum(['handoff', 'handover']).transform(() => 'handoff' as const),
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
