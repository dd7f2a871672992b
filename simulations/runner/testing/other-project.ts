// Another LiveKit project for tests: a server, an agent that does not use Callboard, and the simulations program as CI
// would start it. There is no Callboard.
import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RoomServiceClient } from 'livekit-server-sdk';
import { toPcm16 } from '@/agent/speech/pcm';
import { agentsIn } from '@/lib/dispatch/presence';
import { startLiveKitServer } from '@/lib/testing/livekit-server';
import { killTree, outputOf } from '@/lib/testing/processes';
import { joined, quiet } from '@/scripts/test-caller/sounds';
import { Speech } from '@/simulations/runner/speech';

/** What the agent says, by the names of its audio files. */
const SAYS = {
  greeting: 'Welcome to the harbour office.',
  hours: 'The ferry leaves at half past nine, and costs twelve dollars.',
};

/** The project. */
export type OtherProject = Awaited<ReturnType<typeof startOtherProject>>;

async function makeSounds(folder: string): Promise<void> {
  const speech = await Speech.load();
  for (const [name, words] of Object.entries(SAYS)) {
    // It takes the caller a moment to hear a participant who has just joined.
    const sound = joined([quiet(500), await speech.speak(words, 'slt', 1, 0.5)]);
    writeFileSync(join(folder, `${name}.pcm`), toPcm16(sound));
  }
}

/** The environment of a program: these settings only. */
function settingsOf(settings: Record<string, string>) {
  const { PATH, HOME } = process.env;
  return { PATH, HOME, NODE_ENV: 'production', ...settings } as NodeJS.ProcessEnv;
}

/** Starts the agent. Resolves once its worker is registered. */
async function startAgent(env: Record<string, string>): Promise<ChildProcess> {
  const child = fork('simulations/runner/testing/harbour-agent.mjs', {
    env: settingsOf(env),
    silent: true,
  });
  const log = outputOf(child);
  const over = once(child, 'exit').then(([code]) => {
    throw new Error(`the agent ended with ${code}:\n${log().slice(-4_000)}`);
  });
  await Promise.race([once(child, 'message'), over]);
  over.catch(() => undefined);
  return child;
}

/** Starts everything. */
export async function startOtherProject() {
  const folder = mkdtempSync(join(tmpdir(), 'callboard-other-project-'));
  const [livekit] = await Promise.all([startLiveKitServer(), makeSounds(folder)]);
  const { LIVEKIT_URL: url, LIVEKIT_API_KEY: key, LIVEKIT_API_SECRET: secret } = livekit.env;
  const agent = await startAgent({ ...livekit.env, SOUNDS: folder });
  const rooms = new RoomServiceClient(url.replace('ws', 'http'), key, secret);
  const programs: ChildProcess[] = [];
  // The room may end in between.
  const countIn = async (room: string) =>
    agentsIn(await rooms.listParticipants(room).catch(() => [])).length;
  return {
    folder,
    rooms: async () => (await rooms.listRooms()).map(({ name }) => name),
    async agents() {
      const counts = (await rooms.listRooms()).map(({ name }) => countIn(name));
      return (await Promise.all(counts)).reduce((sum, one) => sum + one, 0);
    },
    write(name: string, scenario: object): void {
      writeFileSync(join(folder, `${name}.jsonc`), JSON.stringify(scenario));
    },
    simulate(args: readonly string[], settings: Record<string, string> = {}) {
      const to = ['--folder', folder, '--url', url, '--agent', 'harbour'];
      const child = spawn(
        process.execPath,
        ['--import', 'tsx', 'scripts/simulate.ts', ...to, ...args],
        {
          env: settingsOf({ LIVEKIT_API_KEY: key, LIVEKIT_API_SECRET: secret, ...settings }),
          stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
        },
      );
      programs.push(child);
      // Not 'close', which Node does not emit for a child whose channel was disconnected here.
      const ends = [child.stdout, child.stderr].map((stream) => stream && once(stream, 'close'));
      const code = Promise.all([once(child, 'exit'), ...ends]).then(
        ([[number]]) => number as number | null,
      );
      return { child, code, said: outputOf(child) };
    },
    async close() {
      await Promise.all([...programs, agent].map(killTree));
      await livekit.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
