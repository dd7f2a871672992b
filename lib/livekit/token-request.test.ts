import { describe, expect, it } from 'vitest';
import { isProblem } from '@/lib/core/problem';
import { parseJson } from '@/lib/http/read-json';
import { tokenRequest } from '@/lib/livekit/token-request';

const full = {
  room_name: 'r',
  participant_identity: 'i',
  participant_name: 'n',
  participant_metadata: 'm',
  participant_attributes: { some_key: 'a', otherKey: 'b' },
  room_config: { agents: [{ agent_name: 'front-desk', metadata: '{}', deployment: 'staging' }] },
};

function errorsOf(body: string) {
  try {
    parseJson(body, tokenRequest);
  } catch (error) {
    if (isProblem(error)) return error;
  }
  throw new Error('the request was accepted');
}

describe('the token request', () => {
  it.each<[string, unknown]>([
    ['snake_case', full],
    [
      'camelCase at every level',
      {
        roomName: 'r',
        participantIdentity: 'i',
        participantName: 'n',
        participantMetadata: 'm',
        participantAttributes: { some_key: 'a', otherKey: 'b' },
        roomConfig: {
          agents: [{ agentName: 'front-desk', metadata: '{}', deployment: 'staging' }],
        },
      },
    ],
  ])('is accepted in %s, with names of attributes unchanged', (_, body) => {
    expect(parseJson(JSON.stringify(body), tokenRequest)).toEqual(full);
  });

  it.each(['{}', '{"room_name":null,"room_config":null,"participant_attributes":null}'])(
    'may omit everything: %s',
    (body) => {
      const set = Object.values(parseJson(body, tokenRequest)).filter((one) => one !== undefined);
      expect(set).toEqual([]);
    },
  );

  it.each<[string, string]>([
    ['null', '#'],
    ['[]', '#'],
    ['"text"', '#'],
    ['7', '#'],
    ['{"room_name":7}', '#/room_name'],
    ['{"roomName":{}}', '#/room_name'],
    ['{"participant_attributes":{"a":1}}', '#/participant_attributes/a'],
    ['{"participant_attributes":[]}', '#/participant_attributes'],
    ['{"room_config":[]}', '#/room_config'],
    ['{"roomConfig":{"agents":{}}}', '#/room_config/agents'],
    ['{"roomConfig":{"agents":[null]}}', '#/room_config/agents/0'],
    ['{"roomConfig":{"agents":[{"agentName":["x"]}]}}', '#/room_config/agents/0/agent_name'],
    ['{"roomConfig":{"agents":[{"prompt":"x"}]}}', '#/room_config/agents/0/prompt'],
    ['{"video":{"roomAdmin":true}}', '#/video'],
    ['{"__proto__":{"room_name":"x"}}', '#/__proto__'],
    ['{"room_name":"a","roomName":"b"}', '#/room_name'],
    [`{"room_config":${'['.repeat(20_000)}${']'.repeat(20_000)}}`, '#/room_config'],
    [`{"deep":${'{"a":'.repeat(8_000)}1${'}'.repeat(8_000)}}`, '#/deep'],
  ])('points to the invalid field in %.60s', (body, at) => {
    const problem = errorsOf(body);
    expect(problem.kind).toBe('invalid-request');
    expect(problem.members.errors?.map((error) => error.pointer)).toEqual([at]);
  });

  it.each(['', '{', '{"room_name":"a\u0000b"}', 'NaN'])('is not valid JSON: %j', (body) => {
    expect(errorsOf(body).detail).toBe('The body is not valid JSON.');
  });

  it('lists every invalid field, up to a limit', () => {
    const two = errorsOf('{"room_name":1,"participant_name":2}');
    expect(two.members.errors).toHaveLength(2);
    const many = Object.fromEntries(Array.from({ length: 999 }, (_, n) => [`k${n}`, 1]));
    expect(errorsOf(JSON.stringify(many)).members.errors).toHaveLength(20);
  });
});
