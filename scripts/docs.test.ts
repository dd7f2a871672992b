// The examples of the docs are what the product reads.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { OPERATIONS } from '@/app/api/openapi.json/document';
import { KEY_PERMISSIONS, ROLES, roleHasPermission } from '@/lib/auth/permissions';
import { BODY_MAX_BYTES, MESSAGE_MAX_BYTES } from '@/lib/insights/receive';
import { AUDIO_MAX_BYTES } from '@/lib/insights/recording';
import { translator } from '@/lib/messages/messages';
import { codeIn } from '@/lib/testing/docs';

const root = new URL('../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), 'utf8');

test('the responses of docs/dispatch.md are valid', () => {
  const [token, sent, _rules, ...others] = codeIn('dispatch.md', 'json');
  expect(others).toEqual([]);
  const answerOf = (operation: string) => OPERATIONS[operation]?.answers[0].schema ?? z.never();
  const check = (operation: string, text = '') =>
    expect(z.parse(answerOf(operation), JSON.parse(text))).toEqual(JSON.parse(text));
  check('POST /api/token', token);
  check('POST /api/dispatch-agent', sent);
});

test('docs/worker-reports.md shows the files beside it', () => {
  const file = (name: string) => read(`docs/worker-reports/${name}`);
  expect(codeIn('worker-reports.md', 'js')).toEqual([file('report.mjs')]);
  expect(codeIn('worker-reports.md', 'python')).toEqual([file('report.py')]);
});

test('requests of the docs are those of the API', () => {
  const pages = readdirSync(new URL('docs/', root)).filter((name) => name.endsWith('.md'));
  const shown = pages
    .flatMap((page) => codeIn(page, 'sh'))
    .join('')
    .replace(/\\\n */g, '');
  const requests = shown.split('\n').filter((line) => line.startsWith('curl '));
  expect(requests.length).toBeGreaterThan(50);
  for (const text of requests) {
    const path = /"\$CALLBOARD([^"]+)"/.exec(text)?.[1] ?? '';
    const sent = / -d '(.*)'/.exec(text)?.[1];
    const method = /-X (\w+)/.exec(text)?.[1] ?? (sent === undefined ? 'GET' : 'POST');
    const operation = Object.entries(OPERATIONS).find(
      ([name]) =>
        name.startsWith(`${method} `) &&
        new RegExp(`^${name.split(' ')[1]?.replace(/\[[^/]+\]/g, '[^/]+')}(\\?|$)`).test(path),
    );
    expect(operation, text).toBeDefined();
    const schema = operation?.[1].body?.schema;
    if (sent !== undefined) expect(() => schema?.parse(JSON.parse(sent)), text).not.toThrow();
  }
});

test('requests in the text of the docs use the names of the API, and not those of earlier versions', () => {
  const names = (schema?: z.ZodType) => {
    const { properties = {} } = z.toJSONSchema(schema ?? z.object({}), { io: 'input' });
    return Object.entries(properties).flatMap(([name, one]) =>
      typeof one === 'object' && one.deprecated ? [] : [name],
    );
  };
  const shown = markdown().flatMap((page) => [
    ...read(page).matchAll(/`((?:POST|PUT) \/api\/[^`]+)`\s+`(\{[^`]+\})`/g),
  ]);
  expect(shown).not.toEqual([]);
  for (const [text, operation = '', sent = ''] of shown) {
    const allowed = names(OPERATIONS[operation]?.body?.schema);
    expect(allowed, text).toEqual(expect.arrayContaining(Object.keys(JSON.parse(sent))));
  }
  const [, filters = ''] = /filters of the page\s+\(([^)]+)\)/.exec(read('docs/calls.md')) ?? [];
  const named = [...filters.matchAll(/`(\w+)`/g)].map(([, name]) => name);
  const paging = ['limit', 'cursor'];
  expect([...named, ...paging].sort()).toEqual(
    names(OPERATIONS['GET /api/calls/export']?.query).sort(),
  );
});

test('docs/accounts.md lists the permissions of API keys as the page shows them, with their role', () => {
  const right = translator('en', 'accounts');
  const rows = KEY_PERMISSIONS.map((one) => {
    const role = ROLES.find((each) => roleHasPermission(each, one));
    return `| \`${one}\` | ${right(`keys.right.${one}`)} | ${role} |`;
  });
  expect(read('docs/accounts.md')).toContain(`${rows.join('\n')}\n`);
});

test('npm scripts that the docs name are in package.json', () => {
  const { scripts } = JSON.parse(read('package.json'));
  const named = markdown().flatMap((page) =>
    [...read(page).matchAll(/npm run (?:--silent )?([\w:-]+)/g)].map(([, name = '']) => name),
  );
  expect([...new Set(named)].filter((name) => !(name in scripts))).toEqual([]);
});

test('each code block names its language: tests find commands and examples by it', () => {
  for (const page of markdown()) {
    const fences = read(page).match(/^ *```.*$/gm) ?? [];
    const opened = fences.filter((_, at) => at % 2 === 0).map((fence) => fence.trim());
    expect(
      opened.filter((fence) => fence === '```'),
      page,
    ).toEqual([]);
  }
});

test('docs/doctor.md quotes what the product says', () => {
  const folders = ['scripts/', 'scripts/lib/', 'lib/messages/', 'lib/core/', 'lib/db/'];
  const said = folders
    .flatMap((folder) =>
      readdirSync(new URL(folder, root))
        .filter((name) => /(?<!\.test)\.(ts|mjs|json)$/.test(name))
        .map((name) => read(folder + name)),
    )
    .join('\n');
  const [, table = ''] = read('docs/doctor.md').split('## When something fails');
  const quoted = [...table.matchAll(/(?<!\w)_([^_|`]{8,})_(?!\w)/g)].map(([, text = '']) => text);
  expect(quoted.length).toBeGreaterThan(8);
  // Left out are names and values: "Language model …", "Ada is not on the line yet", the character in a path.
  const words = quoted.flatMap((text) => text.split(/ ?… ?|^Ada | "#"/)).filter(Boolean);
  expect(words.filter((text) => !said.includes(text))).toEqual([]);
});

test('docs/insights.md has the limits of the receiver, and quotes the page of a call', () => {
  const page = read('docs/insights.md').replace(/\s+/g, ' ');
  const mb = (bytes: number) => `${bytes / 1024 / 1024} MB`;
  expect(page).toContain(`${mb(BODY_MAX_BYTES)} for a request, ${mb(MESSAGE_MAX_BYTES)} decompr`);
  expect(page).toContain(`${mb(AUDIO_MAX_BYTES)} for a recording`);
  const notUploaded = translator('en', 'callDetails')('transcript.notUploaded');
  expect(page).toContain(`*${notUploaded.slice(0, notUploaded.indexOf('.') + 1)}*`);
});

const markdown = () => {
  const docs = readdirSync(new URL('docs/', root)).map((name) => `docs/${name}`);
  const others = ['README.md', 'AGENTS.md', 'CONTRIBUTING.md', 'SECURITY.md', 'deploy/many.md'];
  return [...others, ...docs.filter((path) => path.endsWith('.md'))];
};

test('links and pictures lead to files, and to headings that are there', () => {
  /** GitHub's id of a heading. */
  const id = (heading: string) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replace(/\s/g, '-');
  const broken = markdown().flatMap((page) =>
    [...read(page).matchAll(/\]\((?!https?:|mailto:)([^)#\s]*)(?:#([^)\s]+))?\)/g)]
      .filter(([, path = '', heading]) => {
        const file = path ? join(dirname(page), path) : page;
        if (!existsSync(new URL(file, root))) return true;
        const headings = () =>
          [...read(file).matchAll(/^#+ (.*)$/gm)].map(([, text = '']) => id(text));
        return heading !== undefined && !headings().includes(heading);
      })
      .map(([link]) => `${page}: ${link}`),
  );
  expect(broken).toEqual([]);
});

test('one version of Node is required, and those of the images and of the development container are tested', () => {
  const [, oldest = ''] =
    /^>=(\d+\.\d+)$/.exec(JSON.parse(read('package.json')).engines.node) ?? [];
  expect(read('scripts/run.mjs')).toContain(`OLDEST = [${oldest.replace('.', ', ')}];`);
  for (const page of ['README.md', 'CONTRIBUTING.md']) {
    expect(read(page).match(/Node\.js\S* \d[\d.]*\d.*$/m)?.[0], page).toContain(
      ` ${oldest} or newer.`,
    );
    expect(read(page)).not.toMatch(/or newer is recommended/);
  }
  const tested = JSON.parse(
    /node: (\[.*\])/.exec(read('.github/workflows/ci.yml'))?.[1] ?? '[]',
  ) as number[];
  expect(tested[0]).toBe(Math.floor(Number(oldest)));
  const used = [
    'Dockerfile',
    'deploy/images/web.Dockerfile',
    '.devcontainer/devcontainer.json',
  ].flatMap((file) =>
    [...read(file).matchAll(/node:(\d+)/g)].map(([, version]) => Number(version)),
  );
  expect(used).toHaveLength(5);
  for (const version of used) expect(tested).toContain(version);
});
