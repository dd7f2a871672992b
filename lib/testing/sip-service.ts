// A fake of LiveKit's SIP service for tests, where the real one cannot run. It implements the SIP part of LiveKit's API,
// and joins the room like a phone, beginning with the dialing.
import type { Room } from '@livekit/rtc-node';
import type { TestLiveKitServer } from '@/lib/testing/livekit-server';
import { joinAs } from '@/lib/testing/participant';
import { refusal, serveTwirp } from '@/lib/testing/twirp';

/** The parts of a `CreateSIPParticipantRequest` that tests check. */
interface Dialled {
  readonly sipTrunkId: string;
  readonly sipCallTo: string;
  readonly roomName: string;
  readonly participantIdentity: string;
  readonly participantName?: string;
  readonly ringingTimeout?: string;
  readonly waitUntilAnswered?: boolean;
}

/** A refusal by the phone network: SIP status code and reason (RFC 3261, 21). */
interface Refusal {
  readonly status: number;
  readonly words: string;
}

/** A running service. */
export interface TestSip {
  /** URL of its API, instead of the LiveKit server's. */
  readonly url: string;
  /** Dialed numbers, oldest first. */
  readonly dialled: readonly Dialled[];
  /** Created dispatch rules, as requested. */
  readonly rules: Map<string, Readonly<Record<string, unknown>>>;
  /** Answers all ringing calls. */
  pickUp(): void;
  /** Refuses the next dialed number. */
  refuse(refusal: Refusal): void;
  close(): Promise<void>;
}

/** Joins like LiveKit SIP for a number that it dials. */
const ring = (env: TestLiveKitServer['env'], asked: Dialled): Promise<Room> =>
  joinAs(env, asked.roomName, {
    identity: asked.participantIdentity,
    ...(asked.participantName !== undefined && { name: asked.participantName }),
    kind: 'sip',
    attributes: { 'sip.callStatus': 'dialing', 'sip.phoneNumber': asked.sipCallTo },
    grant: { canUpdateOwnMetadata: true },
  });

export async function startSip(env: TestLiveKitServer['env']): Promise<TestSip> {
  const dialled: Dialled[] = [];
  const rules: TestSip['rules'] = new Map();
  const lines: Room[] = [];
  let refused: Refusal | undefined;
  const ringing: (() => void)[] = [];

  async function dial(asked: Dialled): Promise<Response> {
    dialled.push(asked);
    const pickedUp = new Promise<void>((resolve) => ringing.push(resolve));
    const line = await ring(env, asked);
    lines.push(line);
    if (refused) {
      const { status, words } = refused;
      refused = undefined;
      await line.disconnect();
      const meta = { sip_status_code: String(status), sip_status: words };
      return refusal(503, 'unavailable', `twirp error: ${words}`, meta);
    }
    await pickedUp;
    await line.localParticipant?.setAttributes({ 'sip.callStatus': 'active' });
    const { participantIdentity, roomName } = asked;
    return Response.json({ participantId: 'PA_phone', participantIdentity, roomName });
  }

  const { url, close } = await serveTwirp(env, 'livekit.SIP', async (method, asked, { sip }) => {
    const granted = method === 'CreateSIPParticipant' ? sip?.call : sip?.admin;
    if (!granted) return refusal(403, 'permission_denied', 'no grant');
    if (method === 'CreateSIPParticipant') return dial(asked);
    if (method === 'CreateSIPDispatchRule') {
      const id = `SDR_${rules.size + 1}`;
      rules.set(id, asked);
      return Response.json({ ...asked, sipDispatchRuleId: id });
    }
    if (method === 'DeleteSIPDispatchRule') {
      const there = rules.delete(asked.sipDispatchRuleId);
      return there ? Response.json(asked) : refusal(404, 'not_found', 'object cannot be found');
    }
    const items = [...rules].map(([sipDispatchRuleId, rule]) => ({ ...rule, sipDispatchRuleId }));
    return Response.json(method === 'ListSIPDispatchRule' ? { items } : {});
  });
  return {
    ...{ url, dialled, rules },
    pickUp() {
      for (const pick of ringing.splice(0)) pick();
    },
    refuse(next) {
      refused = next;
    },
    async close() {
      await Promise.all(lines.map((line) => line.disconnect()));
      await close();
    },
  };
}
