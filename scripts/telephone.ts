// `npm run telephone`: the trunks of LiveKit SIP, and which agent answers on them. It uses the LiveKit server with the
// settings of .env. Exit code 1 if a request fails, 2 if arguments are invalid.
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { InvalidArgumentError } from 'commander';
import {
  RoomConfiguration,
  ServerError,
  type SIPDispatchRuleInfo,
  SipClient,
  type SipDispatchRuleIndividual,
} from 'livekit-server-sdk';
import { agentsAnswer } from '@/lib/agents/answers';
import { deploymentOf, roomAgentDispatch } from '@/lib/livekit/dispatch';
import { program, repeated, run } from '@/scripts/lib/command-line';
import { loadEnv } from '@/scripts/lib/environment';
import { shownText, table } from '@/scripts/lib/terminal';
import { askWeb, readAnswer, webAddress } from '@/scripts/lib/web-api';

/** Seconds that a caller's room stays open: before somebody joins, and after the last participant has left. */
const ROOM = { emptyTimeout: 60, departureTimeout: 15 };

/** Numbers of a trunk, or "any". */
const numbersOf = ({ numbers }: { readonly numbers: readonly string[] }) =>
  numbers.join(', ') || 'any';
const agentsOf = ({ roomConfig }: SIPDispatchRuleInfo) =>
  (roomConfig?.agents ?? []).map((one) => `${one.agentName} (${deploymentOf(one)})`).join(', ');

/** Trunks and rules as tables. */
export async function shown(sip: SipClient): Promise<string> {
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

interface Answering {
  readonly agent: string;
  readonly deployment: string;
  /** Ids of inbound trunks; empty means all. */
  readonly trunks: string[];
}

/** Lets an agent answer calls, each caller in a separate room; resolves to the id of the rule. */
export async function answer(
  sip: SipClient,
  { agent, deployment, trunks }: Answering,
): Promise<string> {
  const rule: SipDispatchRuleIndividual = {
    type: 'individual',
    roomPrefix: `phone-${randomUUID().slice(0, 8)}`,
  };
  const roomConfig = new RoomConfiguration({
    ...ROOM,
    agents: [roomAgentDispatch({ name: agent, deployment, metadata: '' })],
  });
  const name = `${agent} (${deployment})`;
  const made = await sip.createSipDispatchRule(rule, { name, trunkIds: trunks, roomConfig });
  return made.sipDispatchRuleId;
}

/** Explains an error of the server. */
export function inWords(error: unknown): string {
  if (!(error instanceof ServerError)) {
    return `The LiveKit server cannot be reached: ${(error as Error).message}`;
  }
  if (error.code === 'not_found') return `Unknown rule or trunk: ${error.message}.`;
  const without = /redis|not connected|not enabled/i.test(error.message);
  const what = without
    ? 'This LiveKit server has no SIP: it needs Redis and the SIP service'
    : 'LiveKit refused the request';
  return `${what} (${error.message}).`;
}

/** A client of the LiveKit server of the settings. */
function connect(): SipClient {
  const { LIVEKIT_URL, LIVEKIT_API_KEY, LIVEKIT_API_SECRET } = loadEnv();
  if (LIVEKIT_URL && LIVEKIT_API_KEY && LIVEKIT_API_SECRET) {
    return new SipClient(LIVEKIT_URL, LIVEKIT_API_KEY, LIVEKIT_API_SECRET);
  }
  throw new Error(
    'The LiveKit server of this machine has no SIP. Set LIVEKIT_URL and its keys in .env.',
  );
}

/** Sends a request to the server, and prints what it returns. */
async function print(request: (sip: SipClient) => Promise<string>): Promise<void> {
  const text = await request(connect()).catch((error) => {
    throw new Error(inWords(error));
  });
  process.stdout.write(`${shownText(text)}\n`);
}

interface AnswerOptions {
  readonly deployment: string;
  readonly trunk: string[];
}

async function answerCalls(name: string, { deployment, trunk }: AnswerOptions): Promise<void> {
  const base = webAddress(loadEnv());
  const { agents } = readAnswer(agentsAnswer, await askWeb(base, { path: '/api/agents' }));
  const valid = agents.find((one) => one.name === name)?.deployments.map((one) => one.name);
  if (!valid?.includes(deployment)) {
    throw new InvalidArgumentError(
      valid
        ? `Valid deployments of ${name}: ${valid.join(', ')}.`
        : `Unknown agent; valid agents: ${agents.map((one) => one.name).join(', ')}.`,
    );
  }
  const wanted = { agent: name, deployment, trunks: trunk };
  await print(async (sip) => `${await answer(sip, wanted)}: ${name} answers.`);
}

async function main(): Promise<void> {
  const cli = program(
    'telephone',
    'The trunks of LiveKit SIP, and which agent answers on them.',
  ).addHelpText(
    'after',
    '\nLIVEKIT_URL, LIVEKIT_API_KEY and LIVEKIT_API_SECRET must be those of a LiveKit server with SIP.',
  );
  cli
    .command('list', { isDefault: true })
    .description('list trunks, and which agent answers on them')
    .action(() => print(shown));
  cli
    .command('answer <AGENT>')
    .description('let an agent answer calls, each in a separate room')
    .option('--deployment <NAME>', 'deployment of the agent', 'production')
    .option('--trunk <ID>', 'only on this inbound trunk; can be repeated', repeated, [])
    .action(answerCalls);
  cli
    .command('forget <RULE>')
    .description('delete a rule')
    .action((rule: string) =>
      print(async (sip) => {
        await sip.deleteSipDispatchRule(rule);
        return `${rule} was deleted.`;
      }),
    );
  await run(cli);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
