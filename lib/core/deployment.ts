// A deployment's display name and wire name. LiveKit's production deployment is the empty string, and the
// open-source server distinguishes "" from "production", so the two must never be mixed up.
import { isLiveKitCloud } from '@/lib/core/addresses';

/** Display name of LiveKit's unnamed deployment. */
export const PRODUCTION = 'production';

interface DeploymentRule {
  readonly pattern: RegExp;
  /** The rule in words, for error messages. */
  readonly words: string;
}

/** LiveKit Cloud: 1–63 characters, alphanumeric at both ends. */
const CLOUD: DeploymentRule = {
  pattern: /^[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/,
  words: '1 to 63 letters, digits, "-", "_" or ".", with a letter or digit at both ends',
};
/** The open-source server refuses `_`, white space and more than 64 bytes. These names LiveKit Cloud accepts too. */
const OPEN_SOURCE: DeploymentRule = {
  pattern: /^[A-Za-z0-9]([A-Za-z0-9.-]{0,61}[A-Za-z0-9])?$/,
  words:
    '1 to 63 letters, digits, "-" or "." ("_" on LiveKit Cloud only), with a letter or digit at both ends',
};

/**
 * What names of deployments the LiveKit server in use accepts.
 * @param livekitUrl `LIVEKIT_URL`; undefined for names that any server accepts, such as in an agent's file
 */
export const deploymentRule = (livekitUrl?: string): DeploymentRule =>
  livekitUrl === undefined || isLiveKitCloud(livekitUrl) ? CLOUD : OPEN_SOURCE;

/** Whether a wire name is valid: empty (production) or by {@link deploymentRule}. */
export function isDeployment(name: string, livekitUrl?: string): boolean {
  return name === '' || deploymentRule(livekitUrl).pattern.test(name);
}

/** The display name of a wire name: `""` → `"production"`. */
export function shownDeployment(wire: string): string {
  return wire === '' ? PRODUCTION : wire;
}

/** The wire name of a display name: `"production"` → `""`. */
export function wireDeployment(shown: string): string {
  return shown === PRODUCTION ? '' : shown;
}
