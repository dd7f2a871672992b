// The layers of lib (docs/architecture.md), checked by `npm run lint`. Biome checks that no imports form a cycle.

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

const TESTS = ['\\.test\\.ts$', '/testing/'];
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
  ],
  options: {
    parser: 'swc',
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { extensions: ['.ts', '.tsx', '.js'] },
  },
};
