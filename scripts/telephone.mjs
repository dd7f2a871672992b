// `npm run telephone`: the trunks of LiveKit SIP, and which agent answers on them. It uses the LiveKit server with the
// settings of .env. Exit code 1 if a request fails, 2 if arguments are invalid.
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { RoomAgentDispatch, RoomConfiguration, ServerError, SipClient } from 'livekit-server-sdk';
import { loadEnv } from './lib/environment.mjs';
import { buildDir } from './lib/paths.mjs';
import { table } from './lib/table.mjs';

const USAGE = `Usage: npm run telephone -- [COMMAND] [options]

                       list trunks, and which agent answers on them
  answer AGENT         let an agent answer calls, each in a separate room
  forget RULE          delete that rule

  --deployment NAME    default: production
  --trunk ID           only on this inbound trunk; can be repeated
  --help

LIVEKIT_URL, LIVEKIT_API_KEY and LIVEKIT_API_SECRET must be those of a LiveKit server with SIP.
`;

/** Seconds that a caller's room stays open: before somebody joins, and after the last participant has left. */
const ROOM = { emptyTimeout: 60, departureTimeout: 15 };

/** Numbers of a trunk, or "any". */
const numbersOf = ({ numbers }) => numbers.join(', ') || 'any';
const agentsOf = ({ roomConfig }) =>
  (roomConfig?.agents ?? [])
    .map(({ agentName, deployment }) => `${agentName} (${deployment || 'production'})`)
    .join(', ');

/** Trunks and rules as tables. */
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
    trunks.length > 0 ? table(['TRUNK', 'ID', 'NAME', 'NUMBERS'], trunks) : 'There are no trunks.',
    rows.length > 0 ? table(['RULE', 'ANSWERED BY', 'TRUNKS'], rows) : 'No agent answers.',
  ].join('\n\n');
}

/**
 * Lets an agent answer calls, each caller in a separate room.
 * @param wanted the agent, the wire name of its deployment, and ids of inbound trunks; empty means all
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

/** Explains an error of the server. */
export function inWords(error) {
  if (!(error instanceof ServerError))
    return `The LiveKit server cannot be reached: ${error.message}`;
  if (error.code === 'not_found') return `Unknown rule or trunk: ${error.message}.`;
  const without = /redis|not connected|not enabled/i.test(error.message);
  const what = without
    ? 'This LiveKit server has no SIP: it needs Redis and the SIP service'
    : 'LiveKit refused the request';
  return `${what} (${error.message}).`;
}

const built = (name) => import(pathToFileURL(join(buildDir, 'lib', `${name}.js`)).href);

function fail(code, message) {
  process.stderr.write(`${message}\n`);
  process.exit(code);
}

/** Finds the agent in the catalogue, and the wire name of its deployment. */
async function chosen(name, shownName = 'production') {
  const { catalogue } = await built('core/catalogue');
  const { wireDeployment } = await built('core/deployment');
  const agent = catalogue.find((one) => one.name === name);
  if (!agent) {
    throw new TypeError(
      `Unknown agent; valid agents: ${catalogue.map((one) => one.name).join(', ')}`,
    );
  }
  if (!agent.deployments.includes(shownName)) {
    throw new TypeError(`Valid deployments of ${name}: ${agent.deployments.join(', ')}`);
  }
  return { agent: name, deployment: wireDeployment(shownName) };
}

async function run(sip) {
  const { values, positionals } = parseArgs({
    options: {
      deployment: { type: 'string' },
      trunk: { type: 'string', multiple: true, default: [] },
    },
    allowPositionals: true,
  });
  const [command, what, ...more] = positionals;
  if (command === undefined) return shown(sip);
  if (what === undefined || more.length > 0) throw new TypeError(`${command} takes one name`);
  if (command === 'answer') {
    const wanted = await chosen(what, values.deployment);
    return `${await answer(sip, { ...wanted, trunks: values.trunk })}: ${what} answers.`;
  }
  if (command !== 'forget') throw new TypeError(`Unknown command: ${command}`);
  await sip.deleteSipDispatchRule(what);
  return `${what} was deleted.`;
}

async function main() {
  if (process.argv.includes('--help')) {
    process.stdout.write(USAGE);
    return;
  }
  const { LIVEKIT_URL, LIVEKIT_API_KEY, LIVEKIT_API_SECRET } = await loadEnv();
  if (!LIVEKIT_URL || !LIVEKIT_API_KEY || !LIVEKIT_API_SECRET) {
    fail(1, 'The LiveKit server of this machine has no SIP. Set LIVEKIT_URL and its keys in .env.');
  }
  try {
    const sip = new SipClient(LIVEKIT_URL, LIVEKIT_API_KEY, LIVEKIT_API_SECRET);
    process.stdout.write(`${await run(sip)}\n`);
  } catch (error) {
    if (error instanceof TypeError && !('cause' in error)) {
      fail(2, `${error.message.split('. ')[0]}.\n\n${USAGE}`);
    }
    fail(1, inWords(error));
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
