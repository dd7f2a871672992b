// docs/configuration.md: every setting with its default and an example, from the schema. `npm run docs` writes it.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { parseConfig, settings } from '@/lib/core/config';

/** What the schema says about a setting, beside its default. */
const meta = z.object({
  description: z.string(),
  /** Markdown: what applies without the setting. */
  unset: z.string().optional(),
  example: z.string().optional(),
});

const code = (text: string) => (text === '' ? '' : `\`${text}\``);

function row(name: string, schema: z.ZodType): string {
  const { description, unset, example = '' } = meta.parse(schema.meta());
  const usual = unset ?? code(String(schema.parse(undefined) ?? ''));
  return `| ${code(name)} | ${description} | ${usual} | ${code(example)} |`;
}

/** The page as Markdown. */
function configurationPage(): string {
  const groups = Object.entries(settings).map(([title, group]) => {
    const rows = Object.entries<z.ZodType>(group).map(([name, schema]) => row(name, schema));
    return [
      `## ${title}`,
      '',
      '| setting | meaning | default | example |',
      '|---|---|---|---|',
      ...rows,
      '',
    ].join('\n');
  });
  return `# Configuration

Every setting is an environment variable. All have working defaults for one machine. Put yours in \`.env\`, which
\`npm start\` and the other commands read; variables of the environment take precedence. An invalid setting stops the
start with a list of all problems. The production and staging workers may have different settings.

This page is generated from [\`lib/core/config.ts\`](../lib/core/config.ts) by \`npm run docs\`.

Put a value with \`$\`, \`#\` or quotation marks into single quotes: nothing in it has a special meaning, neither here nor
for Docker Compose. Otherwise \`$NAME\` and \`\${NAME:-default}\` are replaced by a variable, and \`#\` after a space begins a
comment. The start and the [doctor](doctor.md) name settings that are probably not what you meant.

\`\`\`ini
OIDC_CLIENT_SECRET='pa$word#1'
\`\`\`

## Proxies

Where companies set \`HTTPS_PROXY\`, \`HTTP_PROXY\` and \`NO_PROXY\`:

- The packages and the LiveKit server are downloaded through the proxy, or through the one of npm's settings.
- Agents connect to a LiveKit server on this machine, or in \`NO_PROXY\`, without the proxy, and to any other through it:
  with \`HTTPS_PROXY\` for \`wss://\`, and \`HTTP_PROXY\` for \`ws://\`. It must be an HTTP proxy. LiveKit's client sends its
  password as it is written, so one with characters that a URL encodes, such as \`@\`, does not work. The doctor tests whether
  the proxy lets agents through.
- Other requests, such as to language models, use the proxy with Node 24 or newer if \`NODE_USE_ENV_PROXY=1\` is set.
  Processes on this machine always reach each other without it.
- A worker's own connection to LiveKit, and audio, never use the proxy: the network has to let them through.

${groups.join('\n')}`;
}

it('keeps docs/configuration.md up to date: npm run docs writes it', async () => {
  await expect(configurationPage()).toMatchFileSnapshot('../../docs/configuration.md');
});

it('shows valid examples', () => {
  const examples = Object.values(settings)
    .flatMap((group) => Object.entries(group))
    .map(([name, schema]) => [name, schema.meta()?.example]);
  const server = { LIVEKIT_API_KEY: 'key', LIVEKIT_API_SECRET: 's'.repeat(32) };
  expect(() => parseConfig({ ...Object.fromEntries(examples), ...server })).not.toThrow();
});

it('has every setting of .env.example', () => {
  const example = readFileSync(new URL('../../.env.example', import.meta.url), 'utf8');
  const names = [...example.matchAll(/^# ([A-Z][A-Z0-9_]+)=/gm)].map(([, name]) => name);
  expect(names).toContain('LIVEKIT_URL');
  expect(Object.values(settings).flatMap(Object.keys)).toEqual(expect.arrayContaining(names));
});
