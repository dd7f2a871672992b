// A deployment's display name and wire name. LiveKit's production deployment is the empty string, and the
// open-source server distinguishes "" from "production", so the two must never be mixed up.

/** Display name of LiveKit's unnamed deployment. */
export const PRODUCTION = 'production';

/**
 * Valid deployment names: what both LiveKit Cloud (1–63 characters, alphanumeric at both ends) and the
 * open-source server (≤ 64 bytes, no `_`, no white space) accept.
 */
export const DEPLOYMENT_PATTERN = /^[A-Za-z0-9]([A-Za-z0-9.-]{0,61}[A-Za-z0-9])?$/;

/** {@link DEPLOYMENT_PATTERN} in words, for error messages. */
export const DEPLOYMENT_RULE =
  '1 to 63 letters, digits, "-" or ".", with a letter or digit at both ends';

/** Whether a wire name is valid: empty (production) or matching {@link DEPLOYMENT_PATTERN}. */
export function isDeployment(name: string): boolean {
  return name === '' || DEPLOYMENT_PATTERN.test(name);
}

/** The display name of a wire name: `""` → `"production"`. */
export function shownDeployment(wire: string): string {
  return wire === '' ? PRODUCTION : wire;
}

/** The wire name of a display name: `"production"` → `""`. */
export function wireDeployment(shown: string): string {
  return shown === PRODUCTION ? '' : shown;
}
