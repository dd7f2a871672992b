// Id of the OIDC provider, which is part of better-auth's routes.
export const OIDC = 'oidc';
