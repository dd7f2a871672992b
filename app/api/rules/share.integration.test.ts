// A rule's share with a real LiveKit server: redirected callers always get an agent.
import { dispose, type Room } from '@livekit/rtc-node';
import { AgentDispatchClient } from 'livekit-server-sdk';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import * as token from '@/app/api/token/route';
import * as route from '@/app/api/webhooks/livekit/route';
import { testRule } from '@/lib/rules/testing/rules';
import { type RulesStage, rulesStage } from '@/lib/rules/testing/stage';
import { server } from '@/lib/server';
import { reportLive } from '@/lib/testing/api';
import { claimsOf, joinAs, joinAsAgent, joinWith } from '@/lib/testing/participant';
import { WEBHOOK_PATH } from '@/lib/testing/webhook';

const log = vi.spyOn(console, 'info');
let stage: RulesStage;
const guests: Room[] = [];

beforeAll(async () => {
  log.mockImplementation(() => {});
  stage = await rulesStage({ [WEBHOOK_PATH]: route, '/api/token': token });
  // Failover replaces agents that do not join.
  await server().start();
});

afterEach(async () => {
  log.mockClear();
  await Promise.all(guests.splice(0).map((guest) => guest.disconnect()));
});

afterAll(async () => {
  await dispose();
  await stage.close();
});

describe('a share', () => {
  const share = { deployment: 'staging', percent: 100 };
  const staging = { agent: 'front-desk', deployment: 'staging' };

  it('of a deployment without a live worker falls back to production at once', async () => {
    reportLive({ agent: 'front-desk' });
    await stage.rules(testRule({ send: { share } }));
    guests.push(await joinAs(stage.env, 'nobody-there', { identity: 'a' }));
    await stage.done('participant_joined', 'nobody-there');
    expect(await stage.dispatched('nobody-there')).toEqual(['front-desk on production']);
    expect(log.mock.calls).toEqual([[expect.stringContaining('staging has no live worker')]]);
  });

  it('that does not join in time falls back to production, and is removed if it joins', async () => {
    reportLive(staging);
    await stage.rules(testRule({ send: { share } }));
    const sent = vi.spyOn(AgentDispatchClient.prototype, 'createDispatch');
    guests.push(await joinAs(stage.env, 'silent', { identity: 'a' }));
    await expect.poll(() => stage.dispatched('silent')).toEqual(['front-desk on production']);
    expect(sent.mock.calls.map(([, , options]) => options?.deployment)).toEqual(['staging', '']);
    const late = await joinAsAgent(stage.env, 'silent', 'front-desk', 'staging');
    await expect.poll(() => late.isConnected).toBe(false);
    const right = await joinAsAgent(stage.env, 'silent', 'front-desk', 'production');
    guests.push(right);
    await expect.poll(() => stage.livekit.rooms.listParticipants('silent')).toHaveLength(2);
  });

  async function callByPage(deployment?: string) {
    const agents = [{ agent_name: 'front-desk', deployment }];
    const attributes = { 'callboard.caller': 'someone' };
    const body = { participant_attributes: attributes, room_config: { agents } };
    const response = await fetch(`${stage.url}/api/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const pass = await response.json();
    return { pass, claims: claimsOf(pass) };
  }

  it("redirects a page's call by its token, which also falls back in time", async () => {
    reportLive(staging);
    await stage.rules(testRule({ send: { share } }));
    const { pass, claims } = await callByPage();
    expect(claims.roomConfig.agents[0].deployment).toBe('staging');
    expect(claims.attributes).toEqual({
      'callboard.call': expect.any(String),
      'callboard.caller': 'someone',
      'callboard.share': 'staging',
    });
    guests.push(await joinWith(pass));
    const { room } = claims.video;
    await expect.poll(() => stage.dispatched(room)).toEqual(['front-desk on production']);
  });

  it("does not redirect a page's call to staging, or without a live worker", async () => {
    await stage.rules(testRule({ send: { share } }));
    reportLive({ agent: 'front-desk' });
    const production = await callByPage();
    expect(production.claims.roomConfig.agents[0].deployment ?? '').toBe('');
    reportLive(staging);
    const asked = await callByPage('staging');
    expect(asked.claims.roomConfig.agents[0].deployment).toBe('staging');
    for (const { claims } of [production, asked]) {
      expect(claims.attributes).not.toHaveProperty('callboard.share');
    }
  });
});
