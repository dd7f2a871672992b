// The API's description as OpenAPI 3.1: the operations, each with the permission of its route and the problems that all
// such routes have.
import { once } from 'es-toolkit';
import { z } from 'zod';
import { agentOperations } from '@/app/api/openapi.json/agents';
import { callOperations } from '@/app/api/openapi.json/calls';
import { peopleOperations } from '@/app/api/openapi.json/people';
import { roomOperations } from '@/app/api/openapi.json/rooms';
import { serverOperations } from '@/app/api/openapi.json/server';
import { USER_ONLY } from '@/lib/auth/permissions';
import { ROUTES, type RouteRule } from '@/lib/auth/routes';
import { groupBy } from '@/lib/core/group-by';
import { PROBLEM_KINDS, type ProblemKind, statusOf } from '@/lib/core/problem';
import { VERSION } from '@/lib/core/version';
import * as features from '@/lib/features';
import type { Answer, Operation, Operations } from '@/lib/http/operation';

const capitalized = (word: string) => word.slice(0, 1).toUpperCase() + word.slice(1);

/** The operations of each group. */
export const GROUPS: Readonly<Record<string, Operations>> = {
  Calls: callOperations,
  Rooms: roomOperations,
  Agents: agentOperations,
  Accounts: peopleOperations,
  Server: serverOperations,
  // A group for each feature.
  ...Object.fromEntries(
    Object.entries(features).map(([name, { operations }]) => [capitalized(name), operations]),
  ),
};

/** All operations, by method and path. */
export const OPERATIONS: Operations = Object.assign({}, ...Object.values(GROUPS));

/** An RFC 9457 problem document. */
export const problemDocument = z
  .object({
    type: z.enum(PROBLEM_KINDS.map((kind) => `urn:callboard:problem:${kind}`)),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    errors: z.array(z.object({ pointer: z.string(), detail: z.string() })).optional(),
    valid: z.array(z.string()).optional(),
    settings: z.array(z.string()).optional(),
    queue: z
      .object({ position: z.int(), ticket: z.string() })
      .optional()
      .meta({ description: 'The position in the queue.' }),
    line: z.object({ place: z.int(), ticket: z.string() }).optional().meta({
      description: 'The same under its names of before 0.2, for one release.',
      deprecated: true,
    }),
  })
  .meta({ id: 'Problem', description: 'RFC 9457: what went wrong, and where in the request.' });

/** The permission for an operation: better-auth's paths have one route. */
export function ruleOf(operation: string): RouteRule {
  const [method = '', path = ''] = operation.split(' ');
  const route = ROUTES[path.startsWith('/api/auth/') ? '/api/auth/[...all]' : path];
  return (route as Readonly<Record<string, RouteRule>>)[method] as RouteRule;
}

/** Path parameters of a path, as `app` writes them. */
export const parametersOf = (path: string): string[] =>
  [...path.matchAll(/\[(\w+)\]/g)].map(([, name = '']) => name);

/** All problems of an operation: its own, and those that its permission and its body bring. */
export function problemsOf(name: string, { body, query, problems = [] }: Operation): ProblemKind[] {
  const { permission } = ruleOf(name);
  const ofPermission = { open: [], signed: ['unauthorized'] } as const;
  return [
    ...new Set<ProblemKind>([
      ...(body || query ? (['invalid-request'] as const) : []),
      ...(permission === 'open' || permission === 'signed'
        ? ofPermission[permission]
        : (['sign-in-needed', 'not-permitted'] as const)),
      'foreign-origin',
      ...(body ? (['too-large', 'unsupported-media-type'] as const) : []),
      // What LiveKit and workers sign may contain any text.
      ...(body && permission !== 'signed' ? (['out-of-bounds'] as const) : []),
      ...problems,
    ]),
  ];
}

/** Schemas with an ID, referred to by name. */
type Components = Record<string, unknown>;

/** A schema as JSON Schema. Those with an ID go into `components`. */
function jsonSchema(schema: z.core.$ZodType, components: Components): object {
  const {
    $schema: _,
    $defs = {},
    id: __,
    ...own
  } = z.toJSONSchema(schema, {
    // What is optional, and what a client may send; responses have no transforms.
    io: 'input',
    unrepresentable: 'any',
    override: ({ jsonSchema }) => {
      delete jsonSchema.id;
    },
  });
  const referring = (value: unknown) =>
    JSON.parse(JSON.stringify(value).replaceAll('"#/$defs/', '"#/components/schemas/'));
  for (const [name, one] of Object.entries($defs)) components[name] ??= referring(one);
  const { id } = z.globalRegistry.get(schema) ?? {};
  if (typeof id !== 'string') return referring(own);
  components[id] ??= referring(own);
  return { $ref: `#/components/schemas/${id}` };
}

const PROBLEM_TYPE = 'application/problem+json';

function responsesOf(name: string, operation: Operation, components: Components) {
  const problem = { schema: jsonSchema(problemDocument, components) };
  const answers = operation.answers.map((one): [string, object] => [
    String(one.status),
    { description: one.description, ...contentOf(one, components) },
  ]);
  const kinds = groupBy(problemsOf(name, operation), statusOf);
  const problems = [...kinds].map(([status, all]): [string, object] => [
    String(status),
    { description: all.join(', '), content: { [PROBLEM_TYPE]: problem } },
  ]);
  const other = { description: 'Any other problem.', content: { [PROBLEM_TYPE]: problem } };
  return Object.fromEntries([...answers, ...problems, ['default', other]]);
}

function contentOf({ schema, example, type }: Answer, components: Components) {
  if (type) return { content: { [type]: { schema: { type: 'string' } } } };
  if (!schema) return {};
  return { content: { 'application/json': { schema: jsonSchema(schema, components), example } } };
}

/** The parameters of an operation: of its path, its query and its headers. */
function parametersIn(path: string, { query, headers = {} }: Operation, components: Components) {
  const of = (where: string, name: string, required: boolean, schema: object) => ({
    ...{ name, in: where, required, schema },
    ...('description' in schema && { description: schema.description }),
  });
  return [
    ...parametersOf(path).map((name) => of('path', name, true, { type: 'string' })),
    ...Object.entries(query?.shape ?? {}).map(([name, schema]) =>
      of('query', name, false, jsonSchema(schema, components)),
    ),
    ...Object.entries(headers).map(([name, description]) =>
      of('header', name, false, { type: 'string', description }),
    ),
  ];
}

const idOf = (method: string, path: string) =>
  `${method.toLowerCase()}${path
    .replace('/api', '')
    .split(/[^A-Za-z0-9]+/)
    .map(capitalized)
    .join('')}`;

/** Ways to authorize, by the permission: an API key, the session of a signed-in browser, or nothing. */
function securityOf({ permission }: RouteRule) {
  if (permission === 'signed') return [{ livekit: [] }];
  if (USER_ONLY.includes(permission)) return [{ session: [] }];
  const signedIn = [{ key: [] }, { session: [] }];
  return permission === 'open' ? [{}, ...signedIn] : signedIn;
}

/** The document. It takes a tenth of a second, so it is made once. */
export const openApiDocument = once(() => {
  const components: Components = {};
  const paths: Record<string, Record<string, object>> = {};
  for (const [tag, operations] of Object.entries(GROUPS)) {
    for (const [name, operation] of Object.entries(operations)) {
      const [method = '', path = ''] = name.split(' ');
      const { summary, description, body } = operation;
      const rule = ruleOf(name);
      const at = path.replaceAll(/\[(\w+)\]/g, '{$1}');
      paths[at] ??= {};
      paths[at][method.toLowerCase()] = {
        ...{ operationId: idOf(method, path), tags: [tag], summary, description },
        security: securityOf(rule),
        'x-permission': rule.permission,
        parameters: parametersIn(path, operation, components),
        ...(body && {
          requestBody: {
            required: true,
            content: {
              'application/json': {
                schema: jsonSchema(body.schema, components),
                example: body.example,
              },
            },
          },
        }),
        responses: responsesOf(name, operation, components),
      };
    }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Callboard',
      version: VERSION,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      description:
        'Requests of LiveKit’s objects accept snake_case and camelCase. A field that is null, or at the default of its ' +
        'type, is not set. In a path, the names `.` and `..` are written `~.` and `~..`.',
    },
    servers: [{ url: '/' }],
    paths,
    components: {
      schemas: components,
      securitySchemes: {
        key: { type: 'http', scheme: 'bearer', description: 'An API key: docs/accounts.md.' },
        session: { type: 'apiKey', in: 'cookie', name: 'callboard.session_token' },
        livekit: { type: 'apiKey', in: 'header', name: 'authorization', description: 'Signed.' },
      },
    },
  };
});
