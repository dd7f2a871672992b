// A caller without a browser, so that one machine can run many: waits in the queue, asks questions by voice, and measures
// when they were answered.
import { setTimeout as pause } from 'node:timers/promises';
import { TICKET_HEADER } from '@/lib/dispatch/queue/queue-status';
import { Caller } from '@/simulations/runner/caller';
import { until } from './bench';
import type { Exchange } from './speech-segments';

/** Maximum milliseconds in the queue, and between two requests for the position. */
const LINE_MS = 30_000;
const AGAIN_MS = 500;
/** Milliseconds of silence after which the agent has finished: it pauses between sentences. */
const DONE_MS = 1_500;

/** The requested agent. */
interface Wanted {
  readonly agent: string;
  /** Display name. */
  readonly deployment: string;
}

interface Granted {
  readonly server_url: string;
  readonly participant_token: string;
}

/** A token, if necessary after waiting in the queue; undefined after {@link LINE_MS}. */
async function tokenFor(web: string, { agent, deployment }: Wanted): Promise<Granted | undefined> {
  const body = JSON.stringify({ room_config: { agents: [{ agent_name: agent, deployment }] } });
  const deadline = performance.now() + LINE_MS;
  let ticket = '';
  for (;;) {
    const headers = {
      'content-type': 'application/json',
      ...(ticket && { [TICKET_HEADER]: ticket }),
    };
    const answer = await fetch(`${web}/api/token`, { method: 'POST', headers, body });
    const told = (await answer.json()) as Granted & { line?: { ticket: string } };
    if (answer.ok) return told;
    if (!told.line) throw new Error(`POST /api/token: ${answer.status} ${JSON.stringify(told)}`);
    if (performance.now() > deadline) return undefined;
    ticket = told.line.ticket;
    await pause(AGAIN_MS);
  }
}

export class NodeCaller {
  private constructor(private readonly caller: Caller) {}

  /**
   * Starts a call and resolves once the agent is heard; undefined if the caller stayed in the queue.
   * @throws Error if no agent is heard
   */
  static async call(web: string, wanted: Wanted): Promise<NodeCaller | undefined> {
    const granted = await tokenFor(web, wanted);
    if (!granted) return undefined;
    const { server_url: url, participant_token: token } = granted;
    const caller = await Caller.join({ url, token });
    try {
      await until('the greeting', () => !Number.isNaN(caller.heardAt));
      return new NodeCaller(caller);
    } catch (error) {
      await caller.hangUp();
      throw error;
    }
  }

  /** Waits until the agent has finished speaking. */
  finished(): Promise<boolean> {
    return until('the end of the answer', () => Date.now() - this.caller.heardAt > DONE_MS);
  }

  /**
   * Asks a question by voice and waits until the answer has ended; undefined if there was none.
   * @param sound at the rate of the built-in voices
   */
  async asks(sound: Float32Array): Promise<Exchange | undefined> {
    const { caller } = this;
    const { microphone } = caller;
    const since = Date.now();
    caller.forgetBefore(since);
    await microphone.play(sound);
    const heard = until('an answer', () => caller.heardAt > microphone.to);
    if (!(await heard.catch(() => false))) return undefined;
    await this.finished();
    // An answer before the end of the question interrupted it.
    const answer = caller.segments(since).find(({ from }) => from > microphone.from);
    return answer && { askedAt: microphone.to, heardAt: answer.from };
  }

  hangUp(): Promise<void> {
    return this.caller.hangUp();
  }
}
