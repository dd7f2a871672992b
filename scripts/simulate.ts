// `npm run simulate`: the simulation program. Otherwise LiveKit's client logs each step.
Object.assign(process.env, { NODE_ENV: process.env.NODE_ENV ?? 'production' });
await import('@/simulations/runner/main');

export {};
