// The one OIDC provider, by the name that better-auth's addresses have for it.
export const OIDC = 'oidc';
