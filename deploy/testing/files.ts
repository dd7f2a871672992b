// The deployment files as data: commands, settings and health checks of each container, from all formats.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse, parseAllDocuments } from 'yaml';
import { z } from 'zod';

/** Root of the clone. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
export const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');

type Env = Readonly<Record<string, string>>;

/** Names and values of a file with lines `NAME=value`. */
export function envFile(path: string): Env {
  const line = /^([A-Z][A-Z0-9_]*)=(.*)$/gm;
  return Object.fromEntries([...read(path).matchAll(line)].map(([, name, value]) => [name, value]));
}

/** The last stage of an image: its contents and its command. */
export function image(name: 'web' | 'worker') {
  const file = name === 'worker' ? 'Dockerfile' : 'deploy/images/web.Dockerfile';
  const text = read(file).replaceAll('\\\n', ' ');
  const last = text.slice(text.lastIndexOf('\nFROM '));
  const one = (instruction: string) =>
    last.match(new RegExp(`^\\s*${instruction} (.*)$`, 'm'))?.[1] ?? '';
  const pairs = [...last.matchAll(/^ENV (.*)$/gm)]
    .flatMap(([, text = '']) => text.split(' '))
    .map((pair) => pair.split('='));
  return {
    env: Object.fromEntries(pairs) as Env,
    user: one('USER'),
    port: Number(one('EXPOSE')),
    command: z.array(z.string()).parse(JSON.parse(one('CMD'))),
    health: last.match(/HEALTHCHECK.*?CMD (\[.*\])/s)?.[1] ?? '',
    copied: [...last.matchAll(/^COPY --from=build \/app\/(\S+)/gm)].map(([, path]) => path ?? ''),
  };
}

const service = z.object({
  image: z.string(),
  build: z.object({ dockerfile: z.string() }).optional(),
  command: z.array(z.string()).optional(),
  deploy: z.object({ replicas: z.number() }).optional(),
  environment: z.record(z.string(), z.string()).default({}),
  env_file: z.array(z.object({ path: z.string(), required: z.literal(false) })).default([]),
  stop_grace_period: z.string().optional(),
  user: z.string().optional(),
  read_only: z.boolean().default(false),
  privileged: z.boolean().default(false),
  cap_drop: z.array(z.string()).default([]),
  cap_add: z.array(z.string()).default([]),
  security_opt: z.array(z.string()).default([]),
  volumes: z.array(z.string()).default([]),
  tmpfs: z.array(z.string()).default([]),
  healthcheck: z.object({ test: z.array(z.string()) }).optional(),
  depends_on: z
    .union([z.array(z.string()), z.record(z.string(), z.object({ condition: z.string() }))])
    .default([]),
});
const compose = z.object({ services: z.record(z.string(), service) });

/** The services of the compose file; variables from `.env` stay `${…}`. */
export const services = () =>
  compose.parse(parse(read('deploy/compose.yaml'), { merge: true })).services;

const probe = z.object({ httpGet: z.object({ path: z.string(), port: z.number() }) });
const container = z.object({
  name: z.string(),
  image: z.string(),
  command: z.array(z.string()).optional(),
  env: z.array(z.object({ name: z.string(), value: z.string() })).default([]),
  envFrom: z
    .array(
      z.object({
        configMapRef: z.object({ name: z.string() }).optional(),
        secretRef: z.object({ name: z.string() }).optional(),
      }),
    )
    .default([]),
  ports: z.array(z.object({ containerPort: z.number() })),
  startupProbe: probe.optional(),
  readinessProbe: probe,
  livenessProbe: probe,
  securityContext: z.object({
    allowPrivilegeEscalation: z.literal(false),
    readOnlyRootFilesystem: z.literal(true),
    capabilities: z.object({ drop: z.tuple([z.literal('ALL')]) }),
  }),
  volumeMounts: z.array(z.object({ name: z.string(), mountPath: z.string() })),
  resources: z.object({
    requests: z.object({ cpu: z.string(), memory: z.string() }),
    limits: z.object({ memory: z.string() }),
  }),
});
/**
 * Requirements for our Deployments: an unprivileged user, system calls as usual, no access to Kubernetes' API, and a health check
 * for each container.
 */
export const workload = z.object({
  kind: z.literal('Deployment'),
  metadata: z.object({ name: z.string(), namespace: z.literal('callboard') }),
  spec: z.object({
    replicas: z.number().int().min(1),
    selector: z.object({ matchLabels: z.object({ app: z.string() }) }),
    template: z.object({
      metadata: z.object({
        labels: z.object({ app: z.string() }),
        annotations: z.record(z.string(), z.string()).optional(),
      }),
      spec: z.object({
        automountServiceAccountToken: z.literal(false),
        enableServiceLinks: z.literal(false),
        securityContext: z.object({
          runAsNonRoot: z.literal(true),
          runAsUser: z.number().min(1),
          runAsGroup: z.number().min(1),
          seccompProfile: z.object({ type: z.literal('RuntimeDefault') }),
        }),
        volumes: z.array(z.strictObject({ name: z.string(), emptyDir: z.object({}) })),
        terminationGracePeriodSeconds: z.number().default(30),
        containers: z.tuple([container]),
      }),
    }),
  }),
});

const resource = z.looseObject({ kind: z.string() });

const kustomization = z.object({
  resources: z.array(z.string()),
  images: z.array(z.object({ name: z.string(), newName: z.string(), newTag: z.string() })),
});
const KUSTOMIZATION = 'kustomization.yaml';
/** What `kubectl apply -k` applies, and the images that it puts there. */
export const applied = () => kustomization.parse(parse(read(`deploy/kubernetes/${KUSTOMIZATION}`)));

/** All documents of the Kubernetes files. @throws Error if one is invalid YAML */
export function resources() {
  const folder = 'deploy/kubernetes';
  const files = readdirSync(join(ROOT, folder)).filter(
    (name) => name.endsWith('.yaml') && name !== KUSTOMIZATION,
  );
  return files.flatMap((name) =>
    parseAllDocuments(read(`${folder}/${name}`)).map((document) => {
      if (document.errors.length > 0) throw new Error(`${name}: ${document.errors[0]?.message}`);
      return resource.parse(document.toJS());
    }),
  );
}

/** The settings that pods get from the ConfigMap. */
export function configMap(): Env {
  const map = resources().find(({ kind }) => kind === 'ConfigMap');
  return z.record(z.string(), z.string()).parse(map?.data);
}
