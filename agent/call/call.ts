// One agent's part in a call: why it ends, as a promise with the first reason, and what the conversation and its tools
// may do with it.
import { Future, type JobContext, log, voice } from '@livekit/agents';
import { RoomEvent } from '@livekit/rtc-node';
import { type End, watchRoom, watchSession, watchWorker } from '@/agent/call/end';
import { handOff } from '@/agent/call/handoff';
import type { CallHandle, HandoffRequest } from '@/agent/core/agent-definition';
import { callerIdIn, callIdIn } from '@/agent/core/people';
import type { ReportCall } from '@/agent/reporting/events';
import { lastWords } from '@/agent/turns/last-words';
import type { CatalogueAgent } from '@/lib/core/catalogue';
import type { Config } from '@/lib/core/config';
import { type HandoffContext, readHandoffContext } from '@/lib/dispatch/handoff-context';
import { readCaller } from '@/lib/dispatch/known-caller';
import { type LettaChoice, readLetta } from '@/lib/dispatch/letta-choice';
import type { Overrides } from '@/lib/dispatch/overrides';
import { AGENT_ATTRIBUTES } from '@/lib/livekit/attributes';
import type { LiveKit } from '@/lib/livekit/clients';
import { reasonOfDisconnect } from '@/lib/livekit/end-reason';

/** A job, and the agent that it is for. */
export interface CallJob {
  readonly ctx: JobContext;
  readonly config: Config;
  readonly livekit: LiveKit;
  readonly definition: CatalogueAgent;
  readonly report: ReportCall;
  /** A developer's changes for this call, which `config` and `definition` already have. */
  readonly overrides: Overrides | undefined;
}

interface CallOptions extends CallJob {
  /** The agent's identity in the room. */
  readonly identity: string;
  /** BCP 47 tag of the call's language. */
  readonly tag: string;
  /** Labels by tool name; more may be added during the call. */
  readonly labels: Readonly<Record<string, string>>;
}

/** The call of a job. Create it before the room is joined, and attach its session before that is started. */
export class Call implements CallHandle {
  readonly tag: string;
  readonly deployment: string;
  readonly handoffContext: HandoffContext | undefined;
  readonly letta: LettaChoice | undefined;
  /** Whether the agent was accepted to wait for another one, and speaks after it. */
  readonly waits: boolean;
  readonly #end = new Future<End>();
  readonly #lastWords = lastWords(() => this.leave('goodbye'));
  #session: voice.AgentSession | undefined;
  #outcome: string | undefined;
  #isMoving = false;
  #isRoomDeleted = false;

  constructor(private readonly options: CallOptions) {
    const { ctx, config, livekit, tag } = options;
    this.tag = tag;
    this.deployment = config.LIVEKIT_AGENT_DEPLOYMENT;
    this.handoffContext = readHandoffContext(ctx.job.metadata, this.#signing);
    this.letta = readLetta(ctx.job.metadata);
    this.waits = ctx.info.acceptArguments.attributes?.[AGENT_ATTRIBUTES.waiting] === 'yes';
    ctx.room.on(RoomEvent.Disconnected, (why) => {
      this.#isRoomDeleted = reasonOfDisconnect(why) === 'room-deleted';
    });
    const leave = (end: End) => this.leave(end);
    watchWorker(ctx, livekit, leave);
    watchRoom(ctx.room, () => this.#isMoving, leave);
  }

  get ended(): Promise<End> {
    return this.#end.await;
  }

  /** Whether the room was deleted, by whomever. */
  get isRoomDeleted(): boolean {
    return this.#isRoomDeleted;
  }

  leave(end: End): void {
    this.#end.resolve(end);
  }

  attach(session: voice.AgentSession): void {
    this.#session = session;
    const current = () => session.currentAgent.getActivityOrThrow().currentSpeech;
    this.#lastWords.attach({ session, current });
    watchSession(session, (end) => this.leave(end));
  }

  /** The outcome that a tool has reported since the last call of this function. */
  takeOutcome(): string | undefined {
    const outcome = this.#outcome;
    this.#outcome = undefined;
    return outcome;
  }

  caller(): Promise<string> {
    const { room, job } = this.options.ctx;
    return callerIdIn(room, readCaller(job.metadata, this.#signing), () => this.id());
  }

  /** Computed on each call: the caller may become known later. */
  id(): string | undefined {
    const { ctx } = this.options;
    return callIdIn(ctx) ?? (ctx.job.room?.sid || undefined);
  }

  now(): Date {
    return new Date();
  }

  outcome(outcome: string, caller?: string): void {
    const { definition, report } = this.options;
    if (!Object.hasOwn(definition.outcomes ?? {}, outcome)) {
      log().warn({ outcome }, 'the agent does not declare this outcome: pages show its name');
    }
    this.#outcome = outcome;
    report({ kind: 'outcome', outcome, caller });
  }

  end(): void {
    this.#lastWords.begin();
  }

  async handOff(
    to: HandoffRequest,
    announced: () => Promise<void>,
  ): Promise<'handed off' | 'nobody came'> {
    const { definition: agent } = this.options;
    const asked = () => {
      this.#isMoving = true;
    };
    const handoff = { ...this.options, session: this.#started, agent, announced, asked };
    const handedOff = await handOff(handoff, to);
    this.#isMoving = false;
    if (!handedOff) return 'nobody came';
    this.leave('handoff');
    return 'handed off';
  }

  answerDelay(): Promise<number | undefined> {
    const session = this.#started;
    return new Promise((resolve) => {
      const begun = ({
        newState,
        createdAt,
      }: {
        newState: voice.AgentState;
        createdAt: number;
      }) => {
        if (newState !== 'speaking') return;
        session.off(voice.AgentSessionEventTypes.AgentStateChanged, begun);
        // Read late: a preemptive answer begins before its question is in the history.
        const question = session.history.items.findLast(
          (item) => item.type === 'message' && item.role === 'user',
        );
        const stoppedAt =
          question?.type === 'message' ? question.metrics?.stoppedSpeakingAt : undefined;
        resolve(stoppedAt === undefined ? undefined : createdAt - stoppedAt * 1_000);
      };
      session.on(voice.AgentSessionEventTypes.AgentStateChanged, begun);
    });
  }

  get #signing() {
    const { ctx, config } = this.options;
    return { room: ctx.job.room?.name ?? '', secret: config.LIVEKIT_API_SECRET };
  }

  get #started(): voice.AgentSession {
    if (!this.#session) throw new Error('The call has no session yet.');
    return this.#session;
  }
}
