// docs/configuration.md: every setting with its default and an example, from the schema.
import { z } from 'zod';
import { settings } from './config';

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
export function configurationPage(): string {
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

${groups.join('\n')}`;
}
