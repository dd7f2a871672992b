// Permissions without a server: roles, keys, tokens, sign-in modes, and redirects after signing in.
import { describe, expect, it } from 'vitest';
import {
  ANONYMOUS,
  callsOf,
  hasPermission,
  PERMISSIONS,
  type Role,
  type Visitor,
} from '@/lib/auth/permissions';
import { ruleFor } from '@/lib/auth/routes';
import { safeRedirectPath } from '@/lib/auth/sign-in';
import { isCalledLoopback, signInProblems, whySignIn } from '@/lib/core/sign-in-mode';
import { permitToken } from '@/lib/dispatch/token-plan';

const person = (role: Role): Visitor => ({ by: 'session', role, account: 'a1', name: role });
const key = (role: Role, ...scopes: string[]): Visitor => ({ ...person(role), by: 'key', scopes });
const permissionsOf = (visitor: Visitor) =>
  PERMISSIONS.filter((permission) => hasPermission(visitor, permission));

describe('permissions', () => {
  it('increase with the role', () => {
    expect(permissionsOf(ANONYMOUS)).toEqual([]);
    expect(permissionsOf(person('caller'))).toEqual(['call', 'history', 'account']);
    expect(permissionsOf(person('developer'))).toHaveLength(6);
    expect(permissionsOf(person('admin'))).toEqual(PERMISSIONS);
  });

  it('of a key are those it was created with, as long as its owner has them', () => {
    expect(permissionsOf(key('developer', 'dispatch', 'rules'))).toEqual(['dispatch']);
    expect(permissionsOf(key('admin', 'people', 'account', 'rules'))).toEqual(['rules']);
  });

  it('show all calls to developers, and none to anonymous visitors', () => {
    expect(callsOf(person('developer'))).toBeUndefined();
    expect(callsOf(key('developer', 'history'))).toBe('a1');
    expect(callsOf(ANONYMOUS)).toBe('');
  });
});

it.each([
  ['GET', '/api/calls', {}, 'history'],
  ['HEAD', '/api/calls/changes', {}, 'history'],
  ['DELETE', '/api/calls/c%201', { id: 'c 1' }, 'delete'],
  ['POST', '/api/auth/sign-in/email', { all: ['sign-in', 'email'] }, 'open'],
  ['PUT', '/api/calls', {}, undefined],
  ['GET', '/api/calls/c1', {}, undefined],
  ['GET', '/api/calls/c1', { id: 'c2' }, undefined],
  ['GET', '/api/calls/c1', { id: 'c1', n: '1' }, undefined],
  ['GET', '/api/%63alls', {}, undefined],
  ['GET', '/api/nothing', {}, undefined],
])('%s %s with %j requires %s', (method, path, params, permission) => {
  expect(ruleFor(method, path, params)?.permission).toBe(permission);
});

describe('a token', () => {
  const permit = (
    visitor: Visitor,
    asked = {},
    deployment = 'production',
    publicAgents: string[] = [],
  ) => {
    const agent = { name: 'front-desk', deployment, metadata: '' };
    try {
      permitToken(asked, { agent }, visitor, publicAgents);
      return 'yes';
    } catch (error) {
      return (error as { kind: string }).kind;
    }
  };

  it('is for visitors with the call permission, on production, in a room of their own', () => {
    expect(permit(person('caller'))).toBe('yes');
    expect(permit(person('caller'), {}, 'staging')).toBe('not-permitted');
    expect(permit(person('caller'), { room_name: 'r' })).toBe('not-permitted');
    expect(permit(person('caller'), { participant_identity: 'i' })).toBe('not-permitted');
    expect(permit(person('caller'), { participant_attributes: { mine: 'x' } })).toBe('yes');
    for (const name of ['sip.phoneNumber', 'lk.agent_name']) {
      const asked = { participant_attributes: { [name]: '+442079460018' } };
      expect(permit(person('caller'), asked)).toBe('not-permitted');
      expect(permit(person('developer'), asked)).toBe('yes');
    }
    expect(permit(key('developer', 'watch'))).toBe('not-permitted');
    const all = { room_name: 'r', participant_identity: 'i' };
    expect(permit(person('developer'), all, 'staging')).toBe('yes');
    expect(permit(key('developer', 'call'), all, 'staging')).toBe('not-permitted');
  });

  it('is for an anonymous visitor only if the agent is public', () => {
    expect(permit(ANONYMOUS)).toBe('sign-in-needed');
    expect(permit(ANONYMOUS, {}, 'production', ['billing'])).toBe('sign-in-needed');
    expect(permit(ANONYMOUS, {}, 'production', ['front-desk'])).toBe('yes');
    expect(permit(ANONYMOUS, {}, 'staging', ['front-desk'])).toBe('not-permitted');
    expect(permit(ANONYMOUS, { room_name: 'r' }, 'production', ['front-desk'])).toBe(
      'not-permitted',
    );
  });
});

describe('the sign-in mode', () => {
  it('requires no sign-in on loopback only', () => {
    for (const HOST of ['127.0.0.1', 'localhost', '::1', undefined]) {
      expect(whySignIn({ HOST, CALLBOARD_URL: 'http://127.0.0.1:3000' })).toBeUndefined();
    }
    for (const HOST of ['0.0.0.0', '::', '192.168.0.7', '127.evil.test', 'localhost.evil.test']) {
      expect([HOST, whySignIn({ HOST }) !== undefined]).toEqual([HOST, true]);
    }
    expect(whySignIn({ AUTH: 'required' })).toBe('AUTH is required');
    expect(whySignIn({ PUBLIC_URL: 'https://a.example' })).toBe('PUBLIC_URL is set');
    expect(whySignIn({ CALLBOARD_URL: 'https://a.example' })).toContain('CALLBOARD_URL');
  });

  it('reports missing settings, and never shows a secret', () => {
    expect(signInProblems({})).toEqual([]);
    const problems = signInProblems({ HOST: '0.0.0.0', AUTH_SECRET: 'too-short-a-secret' });
    expect(problems).toHaveLength(2);
    expect(problems.join()).toMatch(/AUTH_SECRET.*HOST is 0\.0\.0\.0.*PUBLIC_URL/);
    expect(problems.join()).not.toContain('too-short');
    const AUTH_SECRET = 's'.repeat(32);
    expect(signInProblems({ AUTH_SECRET, PUBLIC_URL: 'https://a.example' })).toEqual([]);
    expect(signInProblems({ AUTH_SECRET, PUBLIC_URL: 'http://localhost:3000' })).toEqual([]);
    expect(signInProblems({ AUTH_SECRET, PUBLIC_URL: 'http://a.example' })[0]).toContain(
      'https://',
    );
    const oidc = { OIDC_ISSUER: 'https://i.example', OIDC_CLIENT_ID: 'c' };
    const half = signInProblems({ AUTH_SECRET, PUBLIC_URL: 'https://a.example', ...oidc });
    expect(half).toEqual(['OIDC_CLIENT_SECRET must be set too, for sign-in with OIDC']);
    const issuer = (OIDC_ISSUER: string) =>
      signInProblems({
        ...{ AUTH_SECRET, PUBLIC_URL: 'https://a.example', OIDC_ISSUER },
        ...{ OIDC_CLIENT_ID: 'c', OIDC_CLIENT_SECRET: 's' },
      });
    expect(issuer('http://i.example')).toEqual([expect.stringContaining('OIDC_ISSUER must begin')]);
    expect(issuer('https://i.example')).toEqual([]);
    expect(issuer('http://127.0.0.1:9000')).toEqual([]);
  });

  const on = (site: string) => ({ 'sec-fetch-site': site });
  it.each([
    [{ host: 'localhost:3000' }, true],
    [{ host: '127.0.0.1:3000', 'x-forwarded-host': '127.0.0.1:3000' }, true],
    [{ host: '[::1]:3000' }, true],
    [{ host: 'rebound.example:3000' }, false],
    [{ host: '127.0.0.1:3000', 'x-forwarded-host': 'calls.example.com' }, false],
    // A proxy changed the host, but not what the browser says of its page.
    [{ host: '127.0.0.1:3000', origin: 'https://calls.example.com' }, false],
    [{ host: '127.0.0.1:3000', origin: 'null' }, false],
    [{ host: '127.0.0.1:3000', referer: 'http://calls.example.com/agents' }, false],
    [
      { host: 'localhost:3000', ...on('same-origin'), referer: 'https://calls.example.com/' },
      false,
    ],
    [{ host: 'localhost:3000', ...on('same-origin'), referer: 'http://localhost:3000/' }, true],
    [{ host: 'localhost:3000', origin: 'http://localhost:3000' }, true],
    // A link on another site.
    [{ host: 'localhost:3000', ...on('cross-site'), referer: 'https://example.com/' }, true],
  ])('recognizes %j as this machine: %s', (headers, own) => {
    expect(isCalledLoopback(new Headers(headers as Record<string, string>))).toBe(own);
  });
});

it.each([
  ['/calls?agent=billing', '/calls?agent=billing'],
  ['/', '/'],
  ['//evil.example', '/'],
  ['/\\evil.example', '/'],
  ['/\t/evil.example', '/'],
  ['/./\\/evil.example', '/'],
  ['https://evil.example', '/'],
  ['javascript:alert(1)', '/'],
  [undefined, '/'],
  [['/a', '/b'], '/'],
])('after signing in, %j redirects to %j', (asked, to) => {
  expect(safeRedirectPath(asked)).toBe(to);
});
