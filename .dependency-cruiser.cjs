// The layers of lib and agent (docs/architecture.md), checked by `npm run lint`. Biome checks that no imports form a cycle.

/**
 * Folders of lib, lowest layer first. A folder imports from lower layers, not from its own or a higher one. Messages are
 * not among them: they name types of all layers, and all may import them.
 */
const LAYERS = [
  ['core'],
  ['db', 'http', 'livekit'],
  ['cluster'],
  ['auth'],
  ['recordings'],
  ['calls'],
  ['dispatch'],
  ['rules'],
  ['failover'],
  ['call', 'letta', 'metrics', 'simulations', 'telephony', 'tracing'],
  ['doctor', 'rollouts', 'privacy'],
  ['startup'],
];

/** The same for agent; its program and its agents are on top. Core has the words that all of them share. */
const AGENT_LAYERS = [
  ['core', 'framework'],
  ['reporting', 'speech'],
  ['audio', 'models'],
  ['turns'],
  ['call'],
  ['scripted'],
  ['practice'],
  ['worker'],
];

const TESTS = ['\\.test\\.ts$', '/testing/'];
const inAgent = (folders) => `^agent/(${folders.join('|')})/`;
const inLib = (folders) => `^lib/(${folders.join('|')})/`;

module.exports = {
  forbidden: [
    {
      name: 'lib-is-below-app-components-and-agent',
      severity: 'error',
      from: { path: '^(lib/|app-config\\.ts$)', pathNot: TESTS },
      to: { path: ['^(app|components|agent)/', '^node_modules/(react|react-dom|next)/'] },
    },
    ...LAYERS.map((folders, layer) => ({
      name: `layer-of-${folders.join('-')}`,
      comment: 'Move what a lower folder needs to a lower layer.',
      severity: 'error',
      from: { path: inLib(folders), pathNot: TESTS },
      to: { path: inLib(LAYERS.slice(layer).flat()), pathNot: '^lib/$1/' },
    })),
    ...AGENT_LAYERS.map((folders, layer) => ({
      name: `agent-layer-of-${folders.join('-')}`,
      comment: 'Move what a lower folder needs to a lower layer.',
      severity: 'error',
      from: { path: inAgent(folders), pathNot: TESTS },
      to: {
        path: [inAgent(AGENT_LAYERS.slice(layer).flat()), '^agent/(agents/|main\\.ts$)'],
        pathNot: '^agent/$1/',
      },
    })),
    {
      name: 'agent-has-no-cycles',
      comment: 'Biome does not follow import().',
      severity: 'error',
      from: { path: '^agent/', pathNot: TESTS },
      to: { circular: true },
    },
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
