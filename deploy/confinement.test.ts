// A compromised container can do little: it writes only where it must, runs without root's rights, reaches only the servers that it
// needs, and contains the programs that were reviewed.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { ROOT, read, resources, services, workload } from '@/deploy/testing/files';

describe.each(Object.entries(services()))('compose %s', (name, service) => {
  test('has a read-only root, and gains no rights', () => {
    expect(service.read_only).toBe(true);
    expect(service.privileged).toBe(false);
    expect(service.cap_drop).toEqual(['ALL']);
    // No `seccomp:unconfined` either.
    expect(service.security_opt).toEqual(['no-new-privileges:true']);
    expect(service.tmpfs).toContain('/tmp');
  });

  test('is not root; Caddy is, with the right to use the ports 80 and 443 only', () => {
    const user = Number(service.user?.split(':')[0] ?? 0);
    if (name === 'caddy') expect(service.cap_add).toEqual(['NET_BIND_SERVICE']);
    else expect([user > 0, service.cap_add]).toEqual([true, []]);
  });

  test('has volumes of its own, and shares only recordings', () => {
    const sources = ({ volumes }: typeof service) => volumes.map((one) => one.split(':')[0]);
    const others = Object.entries(services()).filter(([other]) => other !== name);
    const shared = sources(service).filter((one) =>
      others.some(([, other]) => sources(other).includes(one)),
    );
    const records = ['web', 'production', 'staging'].includes(name);
    expect(shared).toEqual(records ? ['recordings'] : []);
    // No socket of Docker, nor another folder of the machine that can be written.
    for (const one of service.volumes) expect(one).toMatch(/^[a-z]+:\/|^\.\/\w+:\/[\w/]+:ro$/);
  });
});

test('images create the folders of the volumes for their user, private', () => {
  for (const file of ['Dockerfile', 'deploy/images/web.Dockerfile']) {
    expect(read(file)).toContain(
      'mkdir -p -m 700 /data/recordings && chmod 700 /data && chown -R node:node /data',
    );
  }
});

/** What each pod must write: nothing else is writable. */
const WRITABLE: Readonly<Record<string, readonly string[]>> = {
  web: ['/data', '/tmp', '/app/.next/cache'],
  production: ['/data', '/tmp'],
  staging: ['/data', '/tmp'],
  speech: ['/tmp'],
};
const deployments = resources().filter(({ kind }) => kind === 'Deployment');

test.each(deployments)(
  'kubernetes $metadata.name is confined, and writes to its own folders only',
  (one) => {
    // The schema requires the rest.
    const { metadata, spec } = workload.parse(one);
    const { containers, volumes } = spec.template.spec;
    const [{ volumeMounts }] = containers;
    expect(volumeMounts.map(({ mountPath }) => mountPath)).toEqual(WRITABLE[metadata.name]);
    expect(volumeMounts.map((mount) => mount.name)).toEqual(volumes.map((volume) => volume.name));
  },
);

test('no workload is of another kind', () => {
  const kinds = new Set(resources().map(({ kind }) => kind));
  expect([...kinds].sort()).toEqual([
    ...['ConfigMap', 'Deployment', 'HorizontalPodAutoscaler', 'Ingress', 'NetworkPolicy'],
    ...['PodDisruptionBudget', 'Service'],
  ]);
});

const app = z.object({ app: z.string() });
const selector = z.strictObject({
  matchLabels: app.optional(),
  matchExpressions: z
    .tuple([
      z.object({ key: z.literal('app'), operator: z.literal('In'), values: z.array(z.string()) }),
    ])
    .optional(),
});
const policy = z.object({
  metadata: z.object({ namespace: z.literal('callboard') }),
  spec: z.object({
    podSelector: selector,
    policyTypes: z.tuple([z.literal('Ingress'), z.literal('Egress')]),
    ingress: z
      .array(
        z.object({
          from: z.tuple([z.object({ podSelector: selector })]).optional(),
          ports: z.tuple([z.object({ port: z.number() })]),
        }),
      )
      .default([]),
    egress: z
      .array(
        z.object({
          to: z
            .array(
              z.object({ ipBlock: z.object({ cidr: z.string(), except: z.array(z.string()) }) }),
            )
            .optional(),
          ports: z.array(z.object({ port: z.number() })).optional(),
        }),
      )
      .default([]),
  }),
});
const selected = ({ matchLabels, matchExpressions }: z.output<typeof selector>) =>
  matchLabels ? [matchLabels.app] : (matchExpressions?.[0].values ?? []);

describe('network policies', () => {
  const all = resources()
    .filter(({ kind }) => kind === 'NetworkPolicy')
    .map((one) => policy.parse(one).spec);
  const policyOf = (name: string) => {
    const [found, ...others] = all.filter((one) => selected(one.podSelector).includes(name));
    if (!found || others.length > 0) throw new Error(`${name} must have one policy`);
    return found;
  };

  test('nothing is allowed to pods without a policy', () => {
    const everybody = all.filter(({ podSelector }) => selected(podSelector).length === 0);
    expect(everybody).toEqual([expect.objectContaining({ ingress: [], egress: [] })]);
  });

  test('only web and speech accept connections, and speech only from our pods', () => {
    const ports = (name: string) => policyOf(name).ingress.flatMap((one) => one.ports[0].port);
    expect(['web', 'speech', 'production', 'staging'].map(ports)).toEqual([[3000], [7890], [], []]);
    const [from] = policyOf('speech').ingress[0]?.from ?? [];
    expect(from && selected(from.podSelector)).toEqual(['web', 'production', 'staging']);
  });

  test('speech connects to nobody, and nobody to the metadata of the cloud', () => {
    expect(policyOf('speech').egress).toEqual([]);
    for (const name of ['web', 'production', 'staging']) {
      const blocks = policyOf(name).egress.flatMap(({ to = [] }) => to.map((one) => one.ipBlock));
      expect(blocks.map(({ cidr }) => cidr)).toEqual(['0.0.0.0/0', '::/0']);
      for (const { except } of blocks)
        expect(except.join()).toMatch(/^169\.254\.0\.0\/16$|fd00:ec2::254/);
      // A rule without addresses allows all of them: only names are asked there.
      const open = policyOf(name).egress.filter(({ to }) => to === undefined);
      expect(open.flatMap(({ ports = [] }) => ports.map(({ port }) => port))).toEqual([53, 53]);
    }
  });
});

test('GitHub Actions are pinned to a commit, and images get their digest from Renovate', () => {
  const folder = '.github/workflows';
  const uses = readdirSync(join(ROOT, folder)).flatMap((file) => [
    ...read(`${folder}/${file}`).matchAll(/uses: *(.*)/g),
  ]);
  expect(uses.length).toBeGreaterThan(0);
  for (const [, action] of uses) expect(action).toMatch(/^[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  const { extends: presets } = JSON.parse(read('renovate.json')) as { extends: string[] };
  expect(presets).toEqual(
    expect.arrayContaining(['docker:pinDigests', 'helpers:pinGitHubActionDigests']),
  );
});
