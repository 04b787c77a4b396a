/** Paths that the library answers as they are, below /auth. What is in no list here is not there. */
export const PLAIN = new Set([
  'GET /get-session',
  'GET /list-sessions',
  'GET /list-accounts',
  'GET /callback/oidc',
  'POST /sign-in/social',
  'POST /sign-out',
  'POST /revoke-session',
  'POST /revoke-sessions',
  'POST /revoke-other-sessions',
  'POST /change-email',
  'POST /link-social',
  'POST /unlink-account',
]);

/** Paths that ask for the password or a code of whoever is signed in, or for a code at sign-in. */
export const ASKS = new Set([
  'POST /change-password',
  'POST /two-factor/enable',
  'POST /two-factor/disable',
  'POST /two-factor/get-totp-uri',
  'POST /two-factor/generate-backup-codes',
  'POST /two-factor/verify-totp',
  'POST /two-factor/verify-backup-code',
]);

/** POSTs that leave every session as it is. */
export const QUIET = new Set([
  'POST /sign-up/email',
  'POST /request-password-reset',
  'POST /send-verification-email',
  'POST /sign-in/social',
]);
