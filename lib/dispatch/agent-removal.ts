// Removes the agent of a dispatch that is being deleted, whatever LiveKit knows of it. LiveKit answers before the job has ended,
// lists a job up to 5 s late, ends none that it never lists, and lets an agent join whose worker was only starting it.

import type { AgentDispatch, ParticipantInfo } from 'livekit-server-sdk';
import { CANCELLED_TIMEOUT_MS } from '@/lib/core/join-timeouts';
import { logError } from '@/lib/core/log';
import { agentsOf } from '@/lib/dispatch/presence';
import { liveFacts } from '@/lib/dispatch/room-facts';
import { callLiveKit, type LiveKit } from '@/lib/livekit/clients';

/** Milliseconds between checks for an agent that joins late. Our own choice: little is said in between. */
const LATE_EVERY_MS = 1_000;

export const pause = (ms: number) =>
  new Promise<void>((resolve) => void setTimeout(resolve, ms).unref());

/** The removal of a dispatch's agents from a room. */
export class AgentRemoval {
  readonly #dismissed = new Set<string>();
  #failed = false;

  /** @param dismiss called once for each agent, before it is removed */
  constructor(
    private readonly livekit: LiveKit,
    private readonly room: { readonly name: string; readonly sid: string },
    private readonly dispatch: AgentDispatch,
    private readonly dismiss: (
      agent: ParticipantInfo,
      people: readonly ParticipantInfo[],
    ) => Promise<void> = async () => {},
  ) {}

  /** Whether there was an agent. */
  get hadAgent(): boolean {
    return this.#dismissed.size > 0;
  }

  /**
   * Dismisses the agents that are in the room, and removes those that `removes` selects.
   * @returns those that were there
   * @throws {Problem} 503 if LiveKit does not respond
   */
  async check(removes: (agent: ParticipantInfo) => boolean): Promise<readonly ParticipantInfo[]> {
    const ask = () => liveFacts(this.livekit, this.room)();
    // LiveKit does not list the dispatches of a room that ends meanwhile. Then it is known to have ended.
    const facts = await ask().catch(ask);
    if (!facts) return [];
    const agents = agentsOf(this.dispatch, facts);
    for (const agent of agents) {
      if (!this.#dismissed.has(agent.identity)) {
        this.#dismissed.add(agent.identity);
        await this.dismiss(agent, facts.people);
      }
      if (removes(agent)) await this.#remove(agent);
    }
    return agents;
  }

  async #remove({ identity }: ParticipantInfo): Promise<void> {
    const { rooms } = this.livekit;
    try {
      await callLiveKit(rooms.removeParticipant(this.room.name, identity), undefined);
    } catch (error) {
      // LiveKit cannot remove a participant of a node that is gone.
      if (!this.#failed) logError(`could not remove the agent ${identity}`, error);
      this.#failed = true;
    }
  }

  /**
   * Removes the agent when it joins late. Never rejects.
   * @param ms milliseconds in which it may
   */
  async keepOut(ms = CANCELLED_TIMEOUT_MS): Promise<void> {
    const until = Date.now() + ms;
    while (Date.now() < until) {
      await pause(LATE_EVERY_MS);
      try {
        const agents = await this.check(() => true);
        if (this.hadAgent && agents.length === 0) return;
      } catch (error) {
        logError(`could not check for a late agent of ${this.dispatch.id}`, error);
      }
    }
  }
}
