import { expect, test } from 'vitest';
import { handoffDeployment } from '@/agent/call/handoff';
import { type CatalogueAgent, findAgent } from '@/lib/core/catalogue';

const billing = findAgent('billing') as CatalogueAgent;

test.each<[string | undefined, string, string]>([
  ['same', 'production', 'production'],
  ['same', 'staging', 'staging'],
  // The other agent has no such deployment.
  ['same', 'canary', 'production'],
  ['staging', 'production', 'staging'],
  ['production', 'staging', 'production'],
  [undefined, 'staging', 'staging'],
])('handOff %s, from an agent on %s: to %s', (handOff, own, expected) => {
  expect(handoffDeployment({ ...billing, handOff }, own)).toBe(expected);
});

test.each<[string[], string, string | undefined]>([
  [['production', 'staging'], 'staging', 'staging'],
  [['production'], 'staging', 'production'],
  [['canary'], 'staging', undefined],
])('to an agent on %s, from one on %s: %s', (deployments, own, expected) => {
  expect(handoffDeployment({ deployments }, own)).toBe(expected);
});
