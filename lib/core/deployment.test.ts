import { describe, expect, it } from 'vitest';
import {
  deploymentRule,
  isDeployment,
  shownDeployment,
  wireDeployment,
} from '@/lib/core/deployment';

const OWN = 'ws://127.0.0.1:7880';
const CLOUD = 'wss://project.livekit.cloud';

describe('a deployment', () => {
  it.each<[string, boolean]>([
    ['', true],
    ['a', true],
    ['staging', true],
    ['v1.2-rc', true],
    ['a'.repeat(63), true],
    ['a'.repeat(64), false],
    ['-a', false],
    ['a.', false],
    ['a b', false],
    ['a\n', false],
    ['é', false],
  ])('%j is a valid name: %s', (name, valid) => {
    for (const server of [OWN, CLOUD, undefined]) expect(isDeployment(name, server)).toBe(valid);
  });

  it.each<[string | undefined, boolean]>([
    [CLOUD, true],
    ['https://project.region.production.livekit.cloud', true],
    [undefined, true],
    [OWN, false],
    ['wss://livekit.example.com', false],
    ['wss://livekit.cloud.example.com', false],
    ['wss://evil-livekit.cloud', false],
  ])('of %s may have "_": %s', (server, valid) => {
    expect(isDeployment('a_b', server)).toBe(valid);
    for (const name of ['_a', 'a_', '_']) expect(isDeployment(name, server)).toBe(false);
    expect(deploymentRule(server).words.includes('LiveKit Cloud only')).toBe(!valid);
  });

  it('is empty on the wire and "production" on screen', () => {
    expect(['', 'staging'].map(shownDeployment)).toEqual(['production', 'staging']);
    expect(['production', 'staging'].map(wireDeployment)).toEqual(['', 'staging']);
  });
});
