// The schema of rules: on this event, under these conditions, dispatch this agent. Rules that are saved are also validated
// against the list of agents, so that a rule cannot name an unknown one.
import { z } from 'zod';
import type { ListedAgent } from '@/lib/agents/agent';
import { PRODUCTION } from '@/lib/core/deployment';
import { KINDS, type Kind } from '@/lib/livekit/attributes';

/** The events of rules, by LiveKit's names of its webhooks. */
const OCCASIONS = ['room_started', 'participant_joined'] as const;
export type Occasion = (typeof OCCASIONS)[number];

/** Participant kinds of a rule that names none: people by browser or app, telephone, or messenger. */
export const PEOPLE: readonly Kind[] = ['standard', 'sip', 'connector'];

/** Most rules, and longest metadata in bytes. Our own choice. */
const RULES_MAX = 200;
const METADATA_MAX = 16 * 1024;
/** Longest pattern in characters, which bounds the time of a match. */
const PATTERN_MAX = 256;

const oneOf = (values: readonly string[]) => ({ error: `must be one of ${values.join(', ')}` });
const text = (max: number) =>
  z.string('must be text').max(max, `may have at most ${max} characters`);
const pattern = text(PATTERN_MAX)
  .min(1, 'must not be empty; omit it to match anything')
  .meta({ description: 'Exact text; * matches any characters.' });
const deployment = z.string('must be text').min(1, 'must not be empty');

const share = z
  .strictObject({
    deployment,
    percent: z
      .number('must be a number from 0 to 100')
      .min(0, 'must be 0 or more')
      .max(100, 'must be 100 or less'),
  })
  .meta({
    description: 'Redirects this share of callers, always the same ones, to another deployment.',
  });

const conditions = z
  .strictObject({
    room: pattern.optional(),
    metadata: pattern.optional().meta({
      description:
        'Metadata of the room (room_started) or the participant. Callers who have not signed in match none.',
    }),
    attributes: z.record(z.string().min(1), pattern).optional().meta({
      description:
        'Attributes of the participant, by name. Callers who have not signed in match none of their own.',
    }),
    kind: z
      .array(z.enum(KINDS, oneOf(KINDS)))
      .min(1, 'must name a kind; omit it for people')
      .optional()
      .meta({ description: `Kinds of participants; people (${PEOPLE.join(', ')}) by default.` }),
  })
  .meta({ description: 'All given conditions must match.' });

const shape = z.strictObject({
  name: text(100)
    .trim()
    .min(1, 'must not be empty')
    .meta({ description: 'Unique name, which is also the seed of its share.' }),
  enabled: z.boolean('must be true or false').default(true),
  when: z.enum(OCCASIONS, oneOf(OCCASIONS)),
  if: conditions.default({}),
  // biome-ignore lint/suspicious/noThenProperty: a field of rules; a rule is never awaited.
  then: z.strictObject({
    agent: z
      .string('must be text')
      .min(1, 'must not be empty')
      .meta({ description: 'Name of an agent.' }),
    deployment: deployment.default(PRODUCTION),
    metadata: text(METADATA_MAX).default(''),
    share: share.optional(),
  }),
});
/** A rule with defaults applied. Deployments as shown. */
export type Rule = z.output<typeof shape>;

type Fault = readonly [path: readonly string[], reason: string];

/** Faults of a rule beyond its shape. */
function* contradictions({ when, if: given, then }: Rule): Generator<Fault> {
  if (when === 'room_started') {
    const reason = 'is known only when someone joins: use "when": "participant_joined"';
    if (given.attributes) yield [['if', 'attributes'], reason];
    if (given.kind) yield [['if', 'kind'], reason];
  }
  if (then.share?.deployment === then.deployment) {
    yield [['then', 'share', 'deployment'], 'must be another deployment than the rule’s own'];
  }
}

/** A rule, whether its agent exists or not. */
export const rule = shape.superRefine((given, context) => {
  for (const [path, message] of contradictions(given)) {
    context.addIssue({ code: 'custom', path: [...path], message });
  }
});

/** What a rule names that is not in the list of agents: paths and reasons. */
export function* unknownIn({ then }: Rule, agents: readonly ListedAgent[]): Generator<Fault> {
  const agent = agents.find(({ name }) => name === then.agent);
  if (!agent) {
    return yield [['then', 'agent'], `must be one of ${agents.map(({ name }) => name).join(', ')}`];
  }
  const known = `must be a deployment of ${then.agent}: ${agent.deployments.join(', ')}`;
  const isKnown = (deployment: string) => agent.deployments.includes(deployment);
  if (!isKnown(then.deployment)) yield [['then', 'deployment'], known];
  if (then.share && !isKnown(then.share.deployment)) {
    yield [['then', 'share', 'deployment'], known];
  }
}

/** The rules, in their order. */
export const ruleList = z
  .array(rule)
  .max(RULES_MAX, `may have at most ${RULES_MAX} rules`)
  .superRefine((rules, context) => {
    rules.forEach(({ name }, at) => {
      if (rules.every((other, index) => index === at || other.name !== name)) return;
      const message = 'Another rule already has this name';
      context.addIssue({ code: 'custom', path: [at, 'name'], message });
    });
  });

/** All rules as one JSON document: what `GET /api/rules` returns, and `PUT` accepts. */
export const rulesDocument = z
  .strictObject({
    $schema: z.string().optional().meta({ description: 'URL of its JSON schema.' }),
    etag: z.string().optional().meta({
      description: 'Its version. Ignored in requests, which send If-Match.',
    }),
    rules: ruleList,
  })
  .meta({ title: 'Callboard rules' });

/** The same for rules that are to be saved: their agents and deployments are in the list. */
export const newRulesDocument = (agents: readonly ListedAgent[]) =>
  rulesDocument.superRefine(({ rules }, context) => {
    rules.forEach((one, at) => {
      for (const [path, message] of unknownIn(one, agents)) {
        context.addIssue({ code: 'custom', path: ['rules', at, ...path], message });
      }
    });
  });

/** Stored rules. Their agents may have been removed since they were saved. */
export const storedRules = z.object({ rules: z.array(shape) });
