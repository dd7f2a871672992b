import { TokenVerifier, TrackSource } from 'livekit-server-sdk';
import { describe, expect, it } from 'vitest';
import { planToken } from '@/lib/dispatch/token-plan';
import { callGrant, mintToken } from '@/lib/dispatch/tokens';
import { parseJson } from '@/lib/http/read-json';
import { tokenRequest } from '@/lib/livekit/token-request';
import { testServer } from '@/lib/testing/server';

const KEY = 'key';
const SECRET = 'a-secret-that-is-long-enough-for-a-server';

async function claimsOf(body: unknown) {
  const plan = planToken(testServer(), parseJson(JSON.stringify(body), tokenRequest));
  return new TokenVerifier(KEY, SECRET).verify(await mintToken(plan, KEY, SECRET));
}

describe('mintToken', () => {
  it('has the dispatch in roomConfig, and nothing that was not requested', async () => {
    const { roomConfig } = await claimsOf({
      roomConfig: { agents: [{ agentName: 'line-check', deployment: 'staging', metadata: 'm' }] },
    });
    expect(roomConfig?.agents).toHaveLength(1);
    expect(roomConfig?.agents[0]?.deployment).toBe('staging');
    expect(roomConfig?.agents[0]).toMatchObject({ agentName: 'line-check', metadata: 'm' });
    expect(roomConfig).toMatchObject({ emptyTimeout: 60, departureTimeout: 15 });
    expect(roomConfig).not.toHaveProperty('egress');
  });

  it('grants joining, microphone, data and subscribing, for five minutes', async () => {
    const claims = await claimsOf({
      ...{ room_name: 'Zimmer 7', participant_identity: 'ü', participant_name: 'Ü' },
      ...{ participant_metadata: 'm', participant_attributes: { a: 'b' } },
    });
    expect(claims.video).toEqual({
      roomJoin: true,
      room: 'Zimmer 7',
      canPublish: true,
      canPublishSources: ['microphone'],
      canPublishData: true,
      canSubscribe: true,
      canUpdateOwnMetadata: false,
    });
    expect(claims).toMatchObject({ sub: 'ü', name: 'Ü', metadata: 'm', attributes: { a: 'b' } });
    expect(Number(claims.exp) - Number(claims.nbf)).toBe(300);
    expect(Object.keys(claims).sort()).toEqual(
      ['attributes', 'exp', 'iss', 'metadata', 'name', 'nbf', 'roomConfig', 'sub', 'video'].sort(),
    );
  });

  it('grants video where app-config.ts turns it on', () => {
    expect(callGrant('r', { camera: true, screenShare: false }).canPublishSources).toEqual([
      TrackSource.MICROPHONE,
      TrackSource.CAMERA,
    ]);
    expect(callGrant('r', { camera: false, screenShare: true }).canPublishSources).toEqual([
      TrackSource.MICROPHONE,
      TrackSource.SCREEN_SHARE,
    ]);
  });
});
