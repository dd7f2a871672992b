// The events of a token: which, in which order, and all in one write.
import { describe, expect, it, vi } from 'vitest';
import type { CallEvent } from '@/lib/calls/event';
import { addTokenEvents } from '@/lib/dispatch/request-events';
import { planToken } from '@/lib/dispatch/token-plan';
import { CALL_ATTRIBUTE, PERSON_ATTRIBUTES } from '@/lib/livekit/attributes';
import { testServer } from '@/lib/testing/server';

const ASKED_AT = 1_790_000_000_000;

/** What is written for a token of a caller of front-desk with these attributes. */
function written(
  granted: Partial<Parameters<typeof addTokenEvents>[2]>,
  attributes: Record<string, string> = {},
): readonly CallEvent[] {
  const server = testServer();
  const add = vi.spyOn(server.events, 'add').mockReturnValue(true);
  const agents = [{ agent_name: 'front-desk' }];
  const plan = planToken(server, { participant_name: 'Anna', room_config: { agents } });
  addTokenEvents(
    server,
    { ...plan, attributes: { [CALL_ATTRIBUTE]: 'c-1', ...attributes } },
    {
      requested: { origin: 'page', at: ASKED_AT },
      ...{ queuedMs: 0, ms: 7, bringsAgent: true, ...granted },
    },
  );
  expect(add).toHaveBeenCalledOnce();
  return add.mock.calls[0] ?? [];
}
const kinds = (events: readonly CallEvent[]) => events.map(({ what }) => what.kind);

describe('the events of a token', () => {
  it('are those of its call, from the request to the dispatch', () => {
    const events = written({ queuedMs: 1_500 }, { [PERSON_ATTRIBUTES.caller]: 'customer-7' });
    expect(events.map(({ what }) => what)).toEqual([
      expect.objectContaining({ kind: 'requested', name: 'Anna', callerId: 'customer-7' }),
      { kind: 'put_through', ms: 1_500 },
      { kind: 'token_minted', ms: 7 },
      expect.objectContaining({ kind: 'dispatched', agent: 'front-desk', by: 'token' }),
    ]);
    expect(events.every(({ call, room }) => call === 'c-1' && room === events[0]?.room)).toBe(true);
    expect(events[0]?.at).toBe(ASKED_AT);
  });

  it('have no place in a queue without waiting, also by a clock that was set back', () => {
    for (const queuedMs of [0, -3]) {
      expect(kinds(written({ queuedMs }))).toEqual(['requested', 'token_minted', 'dispatched']);
    }
  });

  it('of one who joins a live call are the token alone', () => {
    expect(kinds(written({ requested: undefined, bringsAgent: false }))).toEqual(['token_minted']);
  });

  it('say where the caller goes if nobody joins from the share of a rollout', () => {
    const events = written({}, { [PERSON_ATTRIBUTES.share]: 'staging' });
    expect(events.at(-1)?.what).toMatchObject({ by: 'share', fallback: 'production' });
  });
});
