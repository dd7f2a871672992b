// docs/api.md: each operation with its permission, a curl line, and examples of its request and responses.

import { GROUPS, parametersOf, problemsOf, ruleOf } from '@/app/api/openapi.json/document';
import { USER_ONLY } from '@/lib/auth/permissions';
import type { Answer, Operation } from '@/lib/http/operation';

/** What path parameters are in examples. */
const EXAMPLES: Readonly<Record<string, string>> = {
  id: 'ID',
  identity: 'ann-1',
  invitation: 'Xk2',
  link: 'Xk2',
  n: '0',
  name: 'front-desk',
  room: 'lobby',
};

const fenced = (language: string, text: string) => `\`\`\`${language}\n${text}\n\`\`\``;
const asJson = (value: unknown) => fenced('json', JSON.stringify(value, undefined, 2));

/** The address of an example. */
function exampleAddress(path: string): string {
  return parametersOf(path).reduce(
    (address, name) => address.replace(`[${name}]`, EXAMPLES[name] ?? name),
    path,
  );
}

/** A curl line, with an API key, or the cookie of a signed-in user where no key is accepted. */
function curl(name: string, { body }: Operation): string {
  const [method = '', path = ''] = name.split(' ');
  const { permission } = ruleOf(name);
  const url = `"$CALLBOARD${exampleAddress(path)}"`;
  const parts = [
    ...(method === 'GET' || body ? [] : [`-X ${method}`]),
    ...(method === 'PUT' || method === 'PATCH' ? [`-X ${method}`] : []),
    url,
    ...(USER_ONLY.includes(permission)
      ? ['-H "cookie: $COOKIE"']
      : permission === 'open'
        ? []
        : ['-H "authorization: Bearer $KEY"']),
    ...(path === '/api/rules' && body ? ['-H \'if-match: "3c1f…"\''] : []),
    ...(body
      ? ["-H 'content-type: application/json'", `-d '${JSON.stringify(body.example)}'`]
      : []),
  ];
  return fenced('sh', `curl ${parts.join(' \\\n  ')}`);
}

function answered({ status, description, schema, example, type }: Answer): string {
  const title = `**${status}** ${description}${type ? ` (\`${type}\`)` : ''}`;
  return schema && example !== undefined ? `${title}\n\n${asJson(example)}` : title;
}

const allows = (permission: string) =>
  ({ open: 'Everybody', signed: 'Whoever has the LiveKit key' })[permission] ??
  `Permission \`${permission}\``;

function section(name: string, operation: Operation): string {
  const { summary, description, body, query, headers = {}, answers } = operation;
  const parameters = [
    ...Object.keys(query?.shape ?? {}).map((one) => `\`?${one}=\``),
    ...Object.keys(headers).map((one) => `header \`${one}\``),
  ];
  const isOurs = name.includes('/api/auth/');
  return [
    `### ${summary}`,
    `\`${name.replaceAll(/\[(\w+)\]/g, '{$1}')}\` · ${allows(ruleOf(name).permission)}`,
    ...(description ? [description] : []),
    ...(parameters.length > 0 ? [`Optional: ${parameters.join(', ')}.`] : []),
    ...(isOurs || ruleOf(name).permission === 'signed'
      ? body?.example
        ? [asJson(body.example)]
        : []
      : [curl(name, operation)]),
    ...answers.map(answered),
    `Problems: ${problemsOf(name, operation)
      .map((kind) => `\`${kind}\``)
      .join(', ')}.`,
  ].join('\n\n');
}

/** The page as Markdown. */
export function apiPage(): string {
  const groups = Object.entries(GROUPS).map(([title, operations]) =>
    [
      `## ${title}`,
      ...Object.entries(operations).map(([name, operation]) => section(name, operation)),
    ].join('\n\n'),
  );
  return `# API

\`GET /api/openapi.json\` describes the API as OpenAPI 3.1, from which you can generate a client. This page is written from
the same description by \`npm run docs\`.

On your own machine, requests need no key. With [accounts](accounts.md), send an API key as \`authorization: Bearer KEY\`.
No key has the permissions \`account\` and \`people\`: send the cookie of a signed-in browser. Routes for everybody need a key
too if the agent is not [public](accounts.md#public-agents). The examples use:

${fenced('sh', 'CALLBOARD=http://localhost:3000\nKEY=…\nCOOKIE=…')}

- **Names.** Requests accept LiveKit's names in snake_case and camelCase. A field that is \`null\` is not set. Nor is one of
  LiveKit's at the default of its type (\`""\`, \`0\`, \`false\`, \`[]\`, \`{}\`). The names of before 0.2 (\`agent\` for
  \`agent_name\`, \`room\` for the \`name\` of a new room) work for one more release.
- **Paths.** Percent-encode identities and names in a path. The names \`.\` and \`..\`, which would change the path, are
  written \`~.\` and \`~..\`.
- **Problems.** An error is an [RFC 9457](https://www.rfc-editor.org/rfc/rfc9457) document of the type
  \`application/problem+json\`. Its \`type\` ends with the names below, \`detail\` says what to do, and \`errors\` points to each
  wrong field. If a part of the server is down, any route can answer 503, such as \`database-unavailable\`.

${asJson({
  type: 'urn:callboard:problem:unknown-agent',
  title: 'Unknown agent',
  status: 422,
  detail: 'Valid agents: front-desk, billing. Names are case-sensitive.',
  errors: [{ pointer: '#/agent_name', detail: 'is not a known agent' }],
  valid: ['front-desk', 'billing'],
})}

${groups.join('\n\n')}
`;
}
