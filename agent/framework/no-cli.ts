// What: in the bundles and in tests, the framework with a `cli.runApp` that does nothing.
// Why: an agent's file as in LiveKit's docs ends with it, to be a program. Here other processes import the file: it would
// read their arguments, and start a second worker or end the process.
// Upstream: none reported. `runApp` would have to return where the file of its agent is not the program.
export * from '@/node_modules/@livekit/agents/dist/index.js';

/** Takes the place of the framework's `cli`. */
export const cli = {
  runApp(): void {
    // The worker serves the agent.
  },
};
