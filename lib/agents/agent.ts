// An agent that can be called, wherever it runs: its fields in the list of agents, and in the requests that add and change
// one. Pure, and small enough for the browser.
import { z } from 'zod';
import type { AgentStatus } from '@/lib/agents/answers';
import { isBlank } from '@/lib/core/blank';
import type { CatalogueAgent } from '@/lib/core/catalogue';
import { deploymentRule, PRODUCTION } from '@/lib/core/deployment';

/** An agent in the list. */
export interface ListedAgent
  extends Pick<CatalogueAgent, 'name' | 'person' | 'role' | 'summary' | 'deployments'> {
  readonly source: AgentStatus['source'];
  /** Whether anonymous visitors may call it on production, besides those of `PUBLIC_AGENTS`. */
  readonly public: boolean;
  /** Whether it is replaced without asking the caller when it does not answer: `lib/failover/stuck.ts`. */
  readonly replace_stuck?: boolean | undefined;
}

/** Longest agent name in characters: what a worker's report may have. */
const NAME_MAX = 200;
/** Longest title and summary in characters. Our own choice: they fit on a card. */
const TITLE_MAX = 80;
const SUMMARY_MAX = 300;
/** Most deployments of one agent. Our own choice. */
const DEPLOYMENTS_MAX = 20;

const line = (max: number) =>
  z
    .string()
    .trim()
    .max(max, `may have at most ${max} characters`)
    .refine((text) => !/\p{Cc}/u.test(text), 'must not have control characters');
const filled = (max: number) => line(max).refine((text) => !isBlank(text), 'must not be blank');

/** LiveKit's clients write production as "". */
const deployment = z.strictObject({
  name: z
    .string()
    .transform((name) => name || PRODUCTION)
    .refine((name) => deploymentRule().pattern.test(name), `must be ${deploymentRule().words}`),
});
const deployments = z
  .array(deployment)
  .min(1, 'must have a deployment')
  .max(DEPLOYMENTS_MAX, `may have at most ${DEPLOYMENTS_MAX} deployments`)
  .refine(
    (all) => new Set(all.map(({ name }) => name)).size === all.length,
    'must not have a deployment twice',
  );

const shape = {
  name: filled(NAME_MAX).meta({
    description: 'Agent name that its worker registers at LiveKit: case-sensitive.',
  }),
  title: filled(TITLE_MAX).meta({ description: 'Its name on pages.' }),
  summary: line(SUMMARY_MAX).meta({ description: 'One line for callers.' }),
  deployments: deployments.meta({ description: 'Deployments that its workers serve.' }),
  public: z.boolean().meta({ description: 'Whether anonymous visitors may call it.' }),
  replace_stuck: z.boolean().meta({
    description: 'Whether it is replaced without asking the caller when it does not answer.',
  }),
};

/** The body that adds an agent. */
export const newAgent = z.strictObject({
  name: shape.name,
  title: shape.title.optional().meta({ description: 'Its name on pages; by default `name`.' }),
  summary: shape.summary.default(''),
  deployments: shape.deployments.default([{ name: PRODUCTION }]),
  public: shape.public.default(false),
  replace_stuck: shape.replace_stuck.exactOptional(),
});

/** The body that changes an agent: fields that are not sent stay. */
export const agentChange = z.strictObject({
  title: shape.title.exactOptional(),
  summary: shape.summary.exactOptional(),
  deployments: shape.deployments.exactOptional(),
  public: shape.public.exactOptional(),
  replace_stuck: shape.replace_stuck.exactOptional(),
});

/** Path of the web process where a worker asks for the deployments of an agent that it does not serve. */
export const WORKER_AGENTS_PATH = '/api/workers/agents';
/** The body of that request. */
export const agentQuery = z.object({ agent: z.string().max(NAME_MAX) });
/** The response: the deployments in the list by their display names; none if the agent is not in the list. */
export const agentDeployments = z.object({ deployments: z.array(z.string()) });

/** An agent as it is stored. */
export type AddedAgent = Omit<z.output<typeof newAgent>, 'title'> & { readonly title: string };
