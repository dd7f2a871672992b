// Which agent answers which telephone number: LiveKit SIP's dispatch rules, made and shown by
// scripts/telephone.mjs.
import { randomUUID } from 'node:crypto';
import { RoomAgentDispatch, RoomConfiguration, ServerError } from 'livekit-server-sdk';
import { table } from './table.mjs';

/** Seconds that a caller's room stays: until somebody is there, and after the last has left. */
const ROOM = { emptyTimeout: 60, departureTimeout: 15 };

/** Numbers of a trunk, or that it takes all. */
const numbersOf = ({ numbers }) => numbers.join(', ') || 'any';
const agentsOf = ({ roomConfig }) =>
  (roomConfig?.agents ?? [])
    .map(({ agentName, deployment }) => `${agentName} (${deployment || 'production'})`)
    .join(', ');

/** The trunks and the rules there are, as tables. */
export async function shown(sip) {
  const [inbound, outbound, rules] = await Promise.all([
    sip.listSipInboundTrunk(),
    sip.listSipOutboundTrunk(),
    sip.listSipDispatchRule(),
  ]);
  const trunks = [
    ...inbound.map((one) => ['inbound', one.sipTrunkId, one.name, numbersOf(one)]),
    ...outbound.map((one) => ['outbound', one.sipTrunkId, one.name, numbersOf(one)]),
  ];
  const rows = rules.map((rule) => [
    rule.sipDispatchRuleId,
    agentsOf(rule),
    rule.trunkIds.join(', ') || 'all inbound',
  ]);
  return [
    trunks.length > 0 ? table(['TRUNK', 'ID', 'NAME', 'NUMBERS'], trunks) : 'There is no trunk.',
    rows.length > 0 ? table(['RULE', 'ANSWERED BY', 'TRUNKS'], rows) : 'No agent answers.',
  ].join('\n\n');
}

/**
 * Has an agent answer, each caller in a room of their own.
 * @param wanted the agent, the wire name of its deployment, and ids of trunks; none are all inbound ones
 * @returns {Promise<string>} id of the rule
 */
export async function answer(sip, { agent, deployment, trunks }) {
  const rule = { type: 'individual', roomPrefix: `phone-${randomUUID().slice(0, 8)}` };
  const roomConfig = new RoomConfiguration({
    ...ROOM,
    agents: [new RoomAgentDispatch({ agentName: agent, deployment })],
  });
  const name = `${agent} (${deployment || 'production'})`;
  const made = await sip.createSipDispatchRule(rule, { name, trunkIds: trunks, roomConfig });
  return made.sipDispatchRuleId;
}

/** A server's refusal in words that say what to do. */
export function inWords(error) {
  if (!(error instanceof ServerError))
    return `The LiveKit server cannot be reached: ${error.message}`;
  if (error.code === 'not_found') return `There is no such rule or trunk: ${error.message}.`;
  const without = /redis|not connected|not enabled/i.test(error.message);
  const what = without
    ? 'This LiveKit server has no SIP: it needs Redis and the SIP service'
    : 'LiveKit refused';
  return `${what} (${error.message}).`;
}
