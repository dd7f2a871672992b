// A deployment's name on screen and on the wire. LiveKit's production deployment is the empty
// string, and the open-source server tells "" from "production", so the two never mix here.

/** What people read for LiveKit's unnamed deployment. */
export const PRODUCTION = 'production';

/**
 * The rule for a deployment's name: what both LiveKit Cloud (1–63 characters, alphanumeric at both
 * ends) and the open-source server (≤ 64 bytes, no `_`, no white space) accept.
 */
export const DEPLOYMENT_PATTERN = /^[A-Za-z0-9]([A-Za-z0-9.-]{0,61}[A-Za-z0-9])?$/;

/** {@link DEPLOYMENT_PATTERN} in words, for people. */
export const DEPLOYMENT_RULE =
  '1 to 63 letters, digits, "-" or ".", with a letter or digit at both ends';

/** Whether a name may be asked for: empty (production) or within {@link DEPLOYMENT_PATTERN}. */
export function isDeployment(name: string): boolean {
  return name === '' || DEPLOYMENT_PATTERN.test(name);
}

/** The shown name of a wire name: `""` → `"production"`. */
export function shownDeployment(wire: string): string {
  return wire === '' ? PRODUCTION : wire;
}

/** The wire name of a shown name: `"production"` → `""`. */
export function wireDeployment(shown: string): string {
  return shown === PRODUCTION ? '' : shown;
}
