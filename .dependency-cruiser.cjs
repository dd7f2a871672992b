// The layers of lib, components and agent (docs/architecture.md), and that no imports form a cycle, checked by `npm run lint`.
const swc = require('@swc/core');

/**
 * Folders of lib, lowest layer first. A folder imports from lower layers, not from its own or a higher one. Messages are
 * not among them: they name types of all layers, and all may import them.
 */
const FEATURES = ['doctor', 'insights', 'letta', 'rollouts', 'rules', 'simulations', 'telephony'];
const LIB = [
  ['core'],
  ['db', 'http', 'livekit'],
  ['cluster'],
  ['agents'],
  ['auth'],
  ['recordings'],
  ['calls'],
  ['dispatch'],
  ['failover'],
  ['call', 'metrics', 'privacy', 'startup', 'token', 'tracing'],
  // Features, which can be deleted: none knows another, and only `lib/features.ts` and their routes and pages know them.
  FEATURES,
];

/** Folders of components in the same order. */
const COMPONENTS = [
  ['language'],
  ['ui'],
  ['accounts', 'audio'],
  ['agents'],
  ['settings'],
  ['calls'],
  ['call'],
  ['callers', 'doctor', 'embed', 'join', 'rollouts', 'rules', 'simulations', 'telephony'],
  ['shell'],
];

/** Folders of agent in the same order; its agents and its program are on top. */
const AGENT = [
  ['core', 'framework'],
  ['reporting', 'speech'],
  ['audio', 'models'],
  ['watchdog'],
  ['turns'],
  ['call'],
  ['scripted'],
  ['practice'],
  ['worker'],
  ['agents'],
];

const TESTS = ['\\.test\\.tsx?$', '/testing/'];

/** The rules for the folders in `root`: each has a layer, and imports from lower ones. */
function layersOf(root, layers, others = []) {
  const within = (folders) => `^${root}/(${folders.join('|')})/`;
  const known = [...layers.flat(), ...others];
  return [
    {
      name: `layer-for-each-folder-of-${root}`,
      severity: 'error',
      from: { path: `^${root}/[^/]+/`, pathNot: within(known) },
      to: {},
    },
    ...layers.map((folders, layer) => ({
      name: `layer-of-${root}-${folders.join('-')}`,
      comment: 'Move what a lower folder needs to a lower layer.',
      severity: 'error',
      from: { path: within(folders), pathNot: TESTS },
      to: { path: within(layers.slice(layer).flat()), pathNot: `^${root}/$1/` },
    })),
  ];
}

// What dependency-cruiser leaves out: JSX, which it parses from version 18 on, for Node.js 22, and `import('…')` in types.
const { parseFileSync } = swc;
swc.parseFileSync = (file, options) => {
  const module = parseFileSync(file, { ...options, tsx: file.endsWith('.tsx') });
  JSON.stringify(module.body, (_, node) => {
    if (node?.type === 'TsImportType') {
      module.body.push({ type: 'ImportDeclaration', specifiers: [], source: node.argument });
    }
    return node;
  });
  return module;
};

module.exports = {
  forbidden: [
    {
      name: 'no-cycle',
      comment: 'Types, `import()` and `require` count too.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'lib-is-below-app-components-and-agent',
      severity: 'error',
      from: { path: '^(lib/|app-config\\.ts$)', pathNot: TESTS },
      to: { path: ['^(app|components|agent)/', '^node_modules/(react|react-dom|next)/'] },
    },
    {
      name: 'the-list-of-agents-is-that-at-run-time',
      comment: 'Agents are added at run time: take them from lib/agents/registry.ts.',
      severity: 'error',
      from: {
        path: '^(app|components|lib)/',
        pathNot: ['^lib/(core|agents)/', ...TESTS],
      },
      to: { path: '^lib/core/catalogue\\.ts$' },
    },
    {
      name: 'only-the-top-asks-for-the-server-of-the-process',
      comment: 'Take the server as the first parameter.',
      severity: 'error',
      from: { path: '^(lib/[^/]+|components|agent)/', pathNot: TESTS },
      to: { path: '^lib/server\\.ts$' },
    },
    {
      name: 'the-session-of-a-call-knows-no-view',
      severity: 'error',
      from: { path: '^components/call/session/' },
      to: { path: '^components/call/[^/]+$' },
    },
    ...layersOf('lib', LIB, ['messages', 'testing']),
    ...layersOf('components', COMPONENTS, ['testing']),
    ...layersOf('agent', AGENT, ['testing']),
    {
      name: 'agent-repairs-its-framework-in-one-folder',
      severity: 'error',
      from: { path: '^agent/', pathNot: '^agent/framework/' },
      to: { path: '^node_modules/@livekit/agents(-plugin-openai)?/dist/(?!index\\.)' },
    },
  ],
  options: {
    parser: 'swc',
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { extensions: ['.ts', '.tsx', '.js'] },
  },
};
