import { describe, expect, it } from 'vitest';
import { isDeployment, shownDeployment, wireDeployment } from './deployment';

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
    ['a_b', false],
    ['a b', false],
    ['a\n', false],
    ['é', false],
  ])('%j is a valid name: %s', (name, valid) => {
    expect(isDeployment(name)).toBe(valid);
  });

  it('is empty on the wire and "production" on screen', () => {
    expect(['', 'staging'].map(shownDeployment)).toEqual(['production', 'staging']);
    expect(['production', 'staging'].map(wireDeployment)).toEqual(['', 'staging']);
  });
});
