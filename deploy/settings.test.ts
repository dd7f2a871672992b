// The deployment files set only settings that exist, and web and workers accept the values of the examples. Otherwise a
// misspelled name would silently have no effect.
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import {
  configMap,
  envFile,
  image,
  read,
  resources,
  services,
  workload,
} from '@/deploy/testing/files';
import { parseConfig, settings } from '@/lib/core/config';
import { signInProblems } from '@/lib/core/sign-in-mode';

/** Names that others read: Node, Next, glibc, and the build of an image. */
const OTHERS = [
  'NODE_ENV',
  'NEXT_TELEMETRY_DISABLED',
  'HOSTNAME',
  'HOME',
  'KEEP_ALIVE_TIMEOUT',
  'MALLOC_TRIM_THRESHOLD_',
];
const SETTINGS = Object.values(settings).flatMap(Object.keys);

/** Example values for what users fill in. */
const FILLED = {
  ...envFile('deploy/compose.env.example'),
  LIVEKIT_API_KEY: '0a1b2c',
  LIVEKIT_API_SECRET: 'a-secret-of-thirty-two-characters',
  AUTH_SECRET: 'a-secret-of-thirty-two-characters',
  POSTGRES_PASSWORD: '0a1b2c',
};
const fill = (text: string) =>
  text.replace(/\$\{(\w+)(?::\?[^}]*)?\}/g, (_, name: string) => {
    const value = (FILLED as Record<string, string>)[name];
    if (!value) throw new Error(`deploy/compose.env.example has no ${name}`);
    return value;
  });

/** The settings of each container that is built from the clone. */
function containers(): [string, Record<string, string>][] {
  const composed = Object.entries(services())
    .filter(([, one]) => one.image.startsWith('callboard-'))
    .map(([name, one]): [string, Record<string, string>] => {
      const set = Object.entries(one.environment).map(([key, value]) => [key, fill(value)]);
      return [`compose ${name}`, { ...envOf(one.image), ...Object.fromEntries(set) }];
    });
  const { LIVEKIT_API_KEY, LIVEKIT_API_SECRET, AUTH_SECRET } = FILLED;
  const secrets: Record<string, Record<string, string>> = {
    callboard: { LIVEKIT_API_KEY, LIVEKIT_API_SECRET },
    'callboard-web': { AUTH_SECRET, DATABASE_URL: 'postgres://callboard@postgres/callboard' },
  };
  const pods = resources()
    .filter(({ kind }) => kind === 'Deployment')
    .map((one): [string, Record<string, string>] => {
      const { metadata, spec } = workload.parse(one);
      const [{ image: name, env, envFrom }] = spec.template.spec.containers;
      const own = Object.fromEntries(env.map((each) => [each.name, each.value]));
      const from = envFrom.map(({ configMapRef, secretRef }) =>
        configMapRef ? configMap() : secrets[secretRef?.name ?? ''],
      );
      const shared = Object.assign({}, ...from);
      return [`kubernetes ${metadata.name}`, { ...envOf(name), ...shared, ...own }];
    });
  return [...composed, ...pods];
}

const envOf = (name: string) => image(name === 'callboard-web' ? 'web' : 'worker').env;

describe.each(containers())('%s', (name, env) => {
  test('sets only settings that exist', () => {
    const unknown = Object.keys(env).filter(
      (each) => !SETTINGS.includes(each) && !OTHERS.includes(each),
    );
    expect(unknown).toEqual([]);
  });

  test.skipIf(name.endsWith('speech'))('has valid settings', () => {
    expect(() => parseConfig(env)).not.toThrow();
  });

  test.skipIf(name.endsWith('web'))(
    'has neither the database nor the cookie secret, unless it is web',
    () => {
      const own = ['AUTH_SECRET', 'DATABASE_URL', 'POSTGRES_PASSWORD', 'OIDC_CLIENT_SECRET'];
      expect(Object.keys(env).filter((each) => own.includes(each))).toEqual([]);
      const livekit = Object.keys(env).some((each) => each.startsWith('LIVEKIT'));
      expect(livekit).toBe(!name.endsWith('speech'));
    },
  );

  test.runIf(name.endsWith('web'))(
    'has the settings for sign-in, so that the web process starts',
    () => {
      expect(signInProblems(env)).toEqual([]);
      // Behind a proxy, callers must be distinguished by address.
      expect(parseConfig(env).TRUST_PROXY).toBeGreaterThan(0);
      expect(parseConfig(env).DATABASE_URL).toBeDefined();
    },
  );
});

test('the compose file and its example have the same settings', () => {
  const text = read('deploy/compose.yaml');
  const asked = new Set([...text.matchAll(/\$\{(\w+)/g)].map(([, name]) => name));
  expect(Object.keys(envFile('deploy/compose.env.example')).sort()).toEqual([...asked].sort());
});

test('Redis requires a password, which LiveKit and the health check have', () => {
  const { redis, livekit } = services();
  expect(redis?.command?.slice(-2)).toEqual([
    '--requirepass',
    expect.stringMatching(/^\$\{REDIS_PASSWORD:\?/),
  ]);
  expect(redis?.environment.REDISCLI_AUTH).toContain('REDIS_PASSWORD');
  expect(livekit?.environment.LIVEKIT_CONFIG).toMatch(/password: "\$\{REDIS_PASSWORD\}"/);
});

test('no container has the file with all secrets, and speech has no settings file', () => {
  const files = Object.entries(services()).map(([name, { env_file: paths }]) => [
    name,
    paths.map(({ path }) => path),
  ]);
  expect(files.filter(([, paths]) => paths?.length)).toEqual([
    ['web', ['settings.env', 'web.env']],
    ['production', ['settings.env']],
    ['staging', ['settings.env']],
  ]);
});

test('the secrets in the instructions are those that the ConfigMap does not contain', () => {
  const text = read('docs/deployment.md');
  const made = [...text.matchAll(/--from-literal=(\w+)=/g)].map(([, name]) => name ?? '');
  expect(made.sort()).toEqual([
    'AUTH_SECRET',
    'DATABASE_URL',
    'LIVEKIT_API_KEY',
    'LIVEKIT_API_SECRET',
  ]);
  expect(Object.keys(configMap()).filter((name) => made.includes(name))).toEqual([]);
});

test('secrets of deploy/.env are not sent to the image builder', () => {
  expect(read('.dockerignore').split('\n')).toEqual(
    expect.arrayContaining(['**/.env', '**/.env.*', 'deploy/*.env']),
  );
});

test('all code is sent to the image builder, because folders import each other', () => {
  const { project } = z
    .object({ project: z.array(z.string()) })
    .parse(JSON.parse(read('knip.json')));
  const folders = new Set(project.map((pattern) => pattern.split('/')[0]));
  expect(folders).toContain('scripts');
  expect(
    read('.dockerignore')
      .split('\n')
      .filter((line) => folders.has(line)),
  ).toEqual([]);
});
