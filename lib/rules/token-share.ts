// A share for calls that a page asks for: their agent is dispatched by their token, so the rules are
// asked before it is signed, and come to the same as they would when the caller joins.
import { PRODUCTION, shownDeployment, wireDeployment } from '@/lib/core/deployment';
import type { TokenPlan } from '@/lib/dispatch/token-plan';
import { callerKey, PERSON_ATTRIBUTES } from '@/lib/livekit/attributes';
import { rulesInForce } from './in-force';
import { factsOfPerson, holds } from './match';
import { chooseDeployment, liveNow, logMissed } from './share';

/** A call that a page asks for: its agent is dispatched by its token, and not by a rule. */
export interface PageCall {
  readonly room: string;
  readonly identity: string;
  readonly metadata?: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** Agent name. */
  readonly agent: string;
}

/**
 * The deployment (wire name) to which a share sends a page's call instead of production; undefined
 * where it stays there. The first rule that holds for the call and sends its agent decides, as it
 * would for a caller who does not come by a page; where none does, the agent's roll-out, if one goes on.
 */
export function sharedDeployment(
  call: PageCall,
  rules = rulesInForce(),
  isLive = liveNow,
): string | undefined {
  const { room, identity, metadata = '', attributes, agent } = call;
  // What is said of production is to be production's.
  if (attributes[PERSON_ATTRIBUTES.rehearsal]) return undefined;
  const joins = { when: 'participant_joined', room, kind: 'standard' } as const;
  const caller = { ...joins, ...factsOfPerson(metadata, attributes) };
  const rule = rules.find(
    (one) =>
      one.then.agent === agent &&
      (holds(one, { when: 'room_started', room, metadata: '' }) || holds(one, caller)),
  );
  if (rule && rule.then.deployment !== PRODUCTION) return undefined;
  // Without a rule only the agent's roll-out has a share.
  // biome-ignore lint/suspicious/noThenProperty: the word of the rules file; never awaited.
  const sends = rule ?? { name: '', then: { agent, deployment: PRODUCTION } };
  const choice = chooseDeployment(sends, callerKey(identity, attributes), isLive);
  if (choice.missed) logMissed(room, agent, choice.missed, PRODUCTION);
  return choice.fallback && wireDeployment(choice.deployment);
}

/**
 * A token's plan as the rules have it: a call for production may go to another deployment, and the
 * caller's attributes then say to which. What asks for another deployment by name stays.
 */
export function withShare(plan: TokenPlan): TokenPlan {
  const { agent, attributes } = plan;
  if (agent.deployment !== wireDeployment(PRODUCTION)) return plan;
  const deployment = sharedDeployment({ ...plan, agent: agent.name });
  if (deployment === undefined) return plan;
  const share = { [PERSON_ATTRIBUTES.share]: shownDeployment(deployment) };
  return { ...plan, agent: { ...agent, deployment }, attributes: { ...attributes, ...share } };
}
