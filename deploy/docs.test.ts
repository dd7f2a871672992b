// docs/deployment.md names what exists. Its commands need Docker or a cluster, and are not run.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { applied, ROOT, read, resources, services, workload } from '@/deploy/testing/files';
import { settings } from '@/lib/core/config';

const page = read('docs/deployment.md');
const blocks = [...page.matchAll(/^```sh\n(.*?)^```/gms)].map(([, block = '']) => block).join('');
const found = (pattern: RegExp) => [...blocks.matchAll(pattern)].map(([, text = '']) => text);
const deployments = () =>
  resources().flatMap((one) => (one.kind === 'Deployment' ? [workload.parse(one)] : []));

test('its files exist', () => {
  const files = found(/(deploy\/[\w./-]+)/g).filter((file) => file !== 'deploy/.env');
  expect(files).not.toEqual([]);
  for (const file of files) expect(existsSync(join(ROOT, file)), file).toBe(true);
});

test('it names services of the compose file, and Deployments of Kubernetes', () => {
  const named = [
    ...found(/compose\.yaml (?:logs|stop|exec -T|ps -q) (\w+)/g),
    ...found(/compose\.yaml up .*--no-deps.* (\w+)$/gm),
  ];
  expect(Object.keys(services())).toEqual(expect.arrayContaining(named));
  const names = deployments().map(({ metadata }) => metadata.name);
  expect(names).toEqual(expect.arrayContaining(found(/deployment\/(\w+)/g)));
});

test('the images that it pushes are those that Kubernetes runs', () => {
  const { images, resources: files } = applied();
  const pushed = images.map(({ newName, newTag }) => `${newName}:${newTag}`).sort();
  expect(found(/docker push (\S+)/g).sort()).toEqual(pushed);
  expect(found(/docker build .*-t (\S+)/g).sort()).toEqual(pushed);
  for (const file of files) expect(existsSync(join(ROOT, 'deploy/kubernetes', file))).toBe(true);
  const run = deployments().map(({ spec }) => spec.template.spec.containers[0].image);
  expect([...new Set(run)].sort()).toEqual(images.map(({ name }) => name).sort());
});

test('it creates the secrets that pods read', () => {
  const read = deployments().flatMap(({ spec }) =>
    spec.template.spec.containers[0].envFrom.flatMap(({ secretRef }) => secretRef?.name ?? []),
  );
  expect(found(/create secret generic (\S+)/g).sort()).toEqual([...new Set(read)].sort());
});

test('as many workers are started beside the old ones as there are', () => {
  const replicas = services().production?.deploy?.replicas ?? 1;
  expect(found(/--scale production=(\d+) production$/gm).map(Number)).toEqual([2 * replicas]);
});

test('it names settings that exist', () => {
  const names = [...page.matchAll(/(?<=[`\s=])[A-Z][A-Z0-9]*_[A-Z0-9_]+(?=[`=*])/g)].map(String);
  expect(names.length).toBeGreaterThan(10);
  // `EGRESS_S3_*` stands for several.
  const known = Object.values(settings).flatMap(Object.keys).join(' ');
  expect(names.filter((name) => !known.includes(name))).toEqual([]);
});

test('your host names stand in the files that it names', () => {
  const files = [...page.matchAll(/\]\(\.\.\/(deploy\/kubernetes\/[\w.-]+\.yaml)\)/g)].map(
    ([, file = '']) => file,
  );
  const ours = readdirSync(join(ROOT, 'deploy/kubernetes')).filter((file) =>
    read(`deploy/kubernetes/${file}`).includes('.example.com'),
  );
  expect(files).toEqual(expect.arrayContaining(ours.map((file) => `deploy/kubernetes/${file}`)));
});
