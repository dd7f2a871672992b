// A rule while it is edited: all fields of the form, empty for no condition.
import type { PlacedError } from '@/components/ui/request';
import type { ListedAgent } from '@/lib/agents/agent';
import { PRODUCTION } from '@/lib/core/deployment';
import type { Kind } from '@/lib/livekit/attributes';
import type { Translate } from '@/lib/messages/messages';
import type { Occasion, Rule } from '@/lib/rules/rule';

/** The fields of the form. */
export interface Draft {
  readonly name: string;
  readonly enabled: boolean;
  readonly when: Occasion;
  readonly room: string;
  readonly metadata: string;
  /** `id` identifies a row while others are added and removed. */
  readonly attributes: readonly {
    readonly id: number;
    readonly name: string;
    readonly value: string;
  }[];
  readonly kind: readonly Kind[];
  readonly agent: Rule['then']['agent'];
  readonly deployment: string;
  /** Metadata of the dispatch. */
  readonly agentMetadata: string;
  /** As typed; "" and "0" mean no share. */
  readonly percent: string;
  readonly shareTo: string;
}

type Agents = readonly ListedAgent[];

/** The fields of a rule, or of a new one. */
export function draftOf(agents: Agents, rule?: Rule): Draft {
  const agent = rule?.then.agent ?? agents[0]?.name ?? '';
  const deployment = rule?.then.deployment ?? PRODUCTION;
  return {
    name: rule?.name ?? '',
    enabled: rule?.enabled ?? true,
    when: rule?.when ?? 'participant_joined',
    room: rule?.if.room ?? '',
    metadata: rule?.if.metadata ?? '',
    attributes: Object.entries(rule?.if.attributes ?? {}).map(([name, value], id) => ({
      id,
      name,
      value,
    })),
    kind: rule?.if.kind ?? [],
    agent,
    deployment,
    agentMetadata: rule?.then.metadata ?? '',
    percent: String(rule?.then.share?.percent ?? 0),
    shareTo: rule?.then.share?.deployment ?? '',
  };
}

/** Deployments of the agent. */
export const deploymentsOf = (agents: Agents, agent: string): readonly string[] =>
  agents.find(({ name }) => name === agent)?.deployments ?? [];

/** Deployments that a share can go to: the others of the agent. */
export const othersOf = (agents: Agents, { agent, deployment }: Draft): readonly string[] =>
  deploymentsOf(agents, agent).filter((name) => name !== deployment);

/** The deployment that the share goes to. */
export function shareTarget(agents: Agents, draft: Draft): string | undefined {
  const others = othersOf(agents, draft);
  return others.includes(draft.shareTo) ? draft.shareTo : others[0];
}

/** Changes the agent; if it does not have the deployment, its default one is used. */
export function withAgent(agents: Agents, draft: Draft, agent: Draft['agent']): Draft {
  const deployments = deploymentsOf(agents, agent);
  const keeps = deployments.includes(draft.deployment);
  return { ...draft, agent, deployment: keeps ? draft.deployment : (deployments[0] ?? PRODUCTION) };
}

/** Errors that only the form can have: attribute rows without a unique name. */
export function rowErrors({ when, attributes }: Draft, t: Translate<'rules'>): PlacedError[] {
  if (when === 'room_started') return [];
  return attributes.flatMap(({ id, name, value }, at) => {
    const place = (field: string, detail: string) => ({
      pointer: `attributes/${id}/${field}`,
      detail,
    });
    if (name.trim() === '') return [place('name', t('form.missingName'))];
    if (attributes.slice(0, at).some((other) => other.name.trim() === name.trim())) {
      return [place('name', t('form.twice'))];
    }
    return value === '' ? [place('value', t('form.missingValue'))] : [];
  });
}

/** Converts the form to a rule. The server validates it. */
export function ruleOf(agents: Agents, draft: Draft): Rule {
  const {
    name,
    enabled,
    when,
    room,
    metadata,
    attributes,
    kind,
    agent,
    deployment,
    agentMetadata,
  } = draft;
  const joins = when === 'participant_joined';
  const target = shareTarget(agents, draft);
  // A value that is not a number is sent as it is; the server returns an error for it.
  const percent = draft.percent.trim() === '' ? 0 : Number(draft.percent);
  const asked = Object.fromEntries(attributes.map((one) => [one.name.trim(), one.value]));
  return {
    name: name.trim(),
    enabled,
    when,
    if: {
      ...(room !== '' && { room }),
      ...(metadata !== '' && { metadata }),
      ...(joins && attributes.length > 0 && { attributes: asked }),
      ...(joins && kind.length > 0 && { kind: [...kind] }),
    },
    // biome-ignore lint/suspicious/noThenProperty: a field of rules; a rule is never awaited.
    then: {
      agent,
      deployment,
      metadata: agentMetadata,
      ...(target && percent !== 0 && { share: { deployment: target, percent } }),
    },
  };
}

/**
 * Converts a JSON pointer into the saved rules to a field of the form, if it is about the rule at `index`.
 */
export function fieldOf({ pointer }: PlacedError, index: number, draft: Draft): string | undefined {
  const start = `#/rules/${index}/`;
  if (!pointer.startsWith(start)) return undefined;
  const field = pointer.slice(start.length);
  const attribute = field.match(/^if\/attributes\/(.*)$/)?.[1];
  if (attribute === undefined) return field;
  const name = attribute.replaceAll('~1', '/').replaceAll('~0', '~');
  const row = draft.attributes.find((one) => one.name.trim() === name);
  return row && `attributes/${row.id}/value`;
}
