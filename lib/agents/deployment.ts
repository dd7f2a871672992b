// The check of deployments' names in requests and in rules.
import type { Config } from '@/lib/core/config';
import { deploymentRule, isDeployment } from '@/lib/core/deployment';
import { Problem } from '@/lib/core/problem';

/**
 * Requires a deployment's name that the LiveKit server in use accepts.
 * @param at pointer to it in the request
 * @throws {Problem} 422
 */
export function requireDeployment(
  { LIVEKIT_URL }: Pick<Config, 'LIVEKIT_URL'>,
  name: string,
  at: string,
): void {
  if (isDeployment(name, LIVEKIT_URL)) return;
  const { words } = deploymentRule(LIVEKIT_URL);
  const errors = [{ pointer: at, detail: `must be ${words}` }];
  throw new Problem('invalid-deployment', `A deployment's name must be ${words}.`, { errors });
}
