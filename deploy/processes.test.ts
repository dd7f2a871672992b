// What the deployment files refer to exists: commands, ports, health routes, other services, the metric for autoscaling.
// And no process is killed before its calls have had their time to end.
import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { speechApi } from '@/agent/speech/api';
import { healthOf } from '@/agent/worker/network';
import { image, ROOT, read, resources, services, workload } from '@/deploy/testing/files';
import { parseConfig } from '@/lib/core/config';
import { newInstruments } from '@/lib/metrics/instruments';
import { bundleOptions } from '@/scripts/lib/build';
import { ALLOCATOR } from '@/scripts/lib/groups';
import { KEEP_ALIVE_MS } from '@/scripts/lib/parts';

const workloads = resources()
  .filter(({ kind }) => kind === 'Deployment')
  .map((one) => workload.parse(one));
const pods = workloads.map(({ metadata, spec }) => {
  const { terminationGracePeriodSeconds: grace, containers } = spec.template.spec;
  return { name: metadata.name, spec, grace, container: containers[0] };
});

/** Bundles created by set-up, relative to the root of the clone. */
const bundles = () => {
  const { entryPoints, outdir } = bundleOptions();
  const folder = relative(ROOT, outdir);
  return (entryPoints as string[]).map((file) => join(folder, file.replace(/\.ts$/, '.js')));
};

/** Seconds that a worker needs after its drain: goodbyes, and delivery of the last events. */
const END_S = 20;

const routeOf = (path: string) => join(ROOT, 'app', path, 'route.ts');

test('images start files that they contain, as an unprivileged user, with a health check', () => {
  for (const name of ['web', 'worker'] as const) {
    const { user, health, copied, port, env } = image(name);
    expect(Number(user)).toBeGreaterThan(0);
    expect(health).toContain('fetch(');
    // Copied files are in the clone or created by the build.
    const made = ['.next/standalone', '.next/static', 'node_modules', '.callboard/build'];
    for (const path of copied.filter((one) => !made.includes(one.replace(/\/$/, '')))) {
      expect(existsSync(join(ROOT, path)), path).toBe(true);
    }
    expect(port).toBe(name === 'web' ? 3000 : 8081);
    expect(env).toMatchObject(ALLOCATOR);
  }
  expect(image('web').command).toEqual(['node', 'server.js']);
  expect(image('web').env.PORT).toBe('3000');
  expect(image('web').env.KEEP_ALIVE_TIMEOUT).toBe(String(KEEP_ALIVE_MS));
  expect(bundles()).toContain(image('worker').command[1]);
  expect(image('worker').env.AGENT_HEALTH_PORT).toBe('8081');
});

test('every command of our images is one of the bundles', () => {
  const own = Object.values(services()).filter(({ image: name }) => name.startsWith('callboard-'));
  const commands = [
    ...own.map(({ command }) => command),
    ...pods.map(({ container }) => container.command),
  ].flatMap((command) => (command ? [command] : []));
  expect(commands).toHaveLength(2);
  for (const [program, file] of commands) {
    expect(program).toBe('node');
    expect(bundles()).toContain(file);
  }
});

test('compose services that are ours or that others wait for exist and have a health check', () => {
  const all = services();
  for (const [name, { build, depends_on, image: from, healthcheck }] of Object.entries(all)) {
    if (build) expect(existsSync(join(ROOT, build.dockerfile)), name).toBe(true);
    const names = Array.isArray(depends_on) ? depends_on : Object.keys(depends_on);
    for (const other of names) expect(Object.keys(all)).toContain(other);
    const conditions = Array.isArray(depends_on) ? [] : Object.entries(depends_on);
    for (const [other, { condition }] of conditions) {
      if (condition === 'service_healthy') expect(all[other]?.healthcheck, other).toBeDefined();
    }
    // Our images have their own check; other images that something waits for need one here.
    const checked = from.startsWith('callboard-') || healthcheck || name === 'caddy';
    expect(checked, `${name} has no health check`).toBeTruthy();
  }
  for (const [, host] of read('deploy/Caddyfile').matchAll(
    /(?:dynamic a|reverse_proxy) ([a-z]+)/g,
  )) {
    expect(Object.keys(all)).toContain(host);
  }
});

test('probes use existing routes, on the right port', async () => {
  for (const { name, container } of pods) {
    const { startupProbe, readinessProbe, livenessProbe, ports } = container;
    const probes = [startupProbe, readinessProbe, livenessProbe].flatMap((one) => one ?? []);
    for (const { httpGet } of probes) {
      expect(httpGet.port, name).toBe(ports[0]?.containerPort);
      if (name === 'web') expect(existsSync(routeOf(httpGet.path)), httpGet.path).toBe(true);
      else if (name === 'speech') {
        const answer = await speechApi(() => undefined).request(httpGet.path);
        expect(answer.status, 'the models are loading').toBe(503);
      } else expect(healthOf(httpGet.path, [])).toBe(httpGet.path === '/ready' ? 503 : 200);
    }
  }
  expect(pods.map(({ name }) => name).sort()).toEqual(['production', 'speech', 'staging', 'web']);
});

test('metrics and webhooks use existing routes', () => {
  const web = pods.find(({ name }) => name === 'web');
  const { annotations = {} } = web?.spec.template.metadata ?? {};
  expect(existsSync(routeOf(annotations['prometheus.io/path'] ?? 'nowhere'))).toBe(true);
  const [, hook = 'nowhere'] =
    services().livekit?.environment.LIVEKIT_CONFIG?.match(/urls: \["http:\/\/web:3000(.*?)"/) ?? [];
  expect(existsSync(routeOf(hook))).toBe(true);
});

test('workers and the LiveKit server have more time to stop than calls to end', () => {
  const usual = parseConfig({
    ...{ LIVEKIT_URL: 'ws://x', LIVEKIT_API_KEY: 'x', LIVEKIT_API_SECRET: 'x'.repeat(32) },
  }).AGENT_DRAIN_SECONDS;
  const drain = (env: Readonly<Record<string, string>>) =>
    Number(env.AGENT_DRAIN_SECONDS ?? usual) + END_S;
  for (const { name, container, grace } of pods.filter(({ name }) => /^(prod|stag)/.test(name))) {
    const env = Object.fromEntries(container.env.map((one) => [one.name, one.value]));
    expect(grace, name).toBeGreaterThan(drain(env));
  }
  const { production, staging, livekit } = services();
  for (const one of [production, staging]) {
    expect(Number.parseInt(one?.stop_grace_period ?? '10', 10)).toBeGreaterThan(
      drain(one?.environment ?? {}),
    );
  }
  expect(Number.parseInt(livekit?.stop_grace_period ?? '10', 10)).toBeGreaterThan(
    drain(production?.environment ?? {}) - END_S,
  );
});

const autoscaler = z.object({
  spec: z.object({
    scaleTargetRef: z.object({ kind: z.literal('Deployment'), name: z.string() }),
    minReplicas: z.number(),
    metrics: z.array(z.object({ external: z.object({ metric: z.object({ name: z.string() }) }) })),
  }),
});

test('workers are scaled by a metric that is computed from exported ones', () => {
  const found = resources().filter(({ kind }) => kind === 'HorizontalPodAutoscaler');
  expect(found).toHaveLength(1);
  const { scaleTargetRef, minReplicas, metrics } = autoscaler.parse(found[0]).spec;
  const scaled = workloads.find(({ metadata }) => metadata.name === scaleTargetRef.name);
  expect(scaled?.spec.replicas).toBe(minReplicas);
  const text = read('deploy/kubernetes/autoscaling.yaml');
  expect(text).toContain(`as: ${metrics[0]?.external.metric.name} `);
  const exported = newInstruments()
    .register.getMetricsAsArray()
    .map(({ name }) => name);
  const made = [...text.matchAll(/\b(callboard_\w+)\{|seriesQuery: (callboard_\w+)/g)];
  expect(made.length).toBeGreaterThanOrEqual(3);
  for (const [, one, other] of made) expect(exported).toContain(one ?? other);
});

test('services and disruption budgets select existing pods', () => {
  const apps = workloads.map(({ spec }) => spec.template.metadata.labels.app);
  for (const { spec } of workloads) {
    expect(spec.selector.matchLabels.app).toBe(spec.template.metadata.labels.app);
  }
  const text = JSON.stringify(resources().map(({ spec }) => spec));
  for (const [, app] of text.matchAll(/"(?:selector|matchLabels)":\{"app":"(\w+)"\}/g)) {
    expect(apps).toContain(app);
  }
});
