// What the routes of rules answer, as pages read it: without the schema of rules, whose words are for those who write them.
import * as z from 'zod/mini';
import { KINDS } from '@/lib/livekit/attributes';
import type { Rule } from '@/lib/rules/rule';

const text = z.string();

const rule: z.ZodMiniType<Rule> = z.object({
  name: text,
  enabled: z.boolean(),
  when: z.enum(['room_started', 'participant_joined']),
  if: z.object({
    room: z.optional(text),
    metadata: z.optional(text),
    attributes: z.optional(z.record(text, text)),
    kind: z.optional(z.array(z.enum(KINDS))),
  }),
  // biome-ignore lint/suspicious/noThenProperty: a field of rules; a rule is never awaited.
  then: z.object({
    agent: text,
    deployment: text,
    metadata: text,
    share: z.optional(z.object({ deployment: text, percent: z.number() })),
  }),
});

/** `GET` and `PUT /api/rules` */
export const rulesAnswer = z.object({ rules: z.readonly(z.array(rule)), etag: text });
/** The saved rules, with their version as an ETag. */
export type SavedRules = Readonly<z.infer<typeof rulesAnswer>>;
