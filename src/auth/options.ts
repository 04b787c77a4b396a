import type { Outbox } from '../mail/index.ts';

export interface AuthOptions {
  /** Where lotline_platform logs in. */
  readonly platformUrl: string;
  /** Signs cookies and links and encrypts second factors; 32 characters at least. */
  readonly secret: string;
  /** Where the server is reached, without a path: `https://app.example.com`. */
  readonly baseUrl: string;
  /** Where the web application is; `baseUrl` unless told. */
  readonly webUrl?: string;
  readonly outbox: Pick<Outbox, 'send' | 'settled'>;
  readonly oidc?: OidcOptions;
  /** Connections to the database; 5 unless told. */
  readonly connections?: number;
  /** Milliseconds that who somebody is, and what they may, is remembered; 5,000 unless told, and at most. */
  readonly remember?: number;
  /** Told what went wrong inside, without personal data. */
  readonly onError?: (what: string) => void;
}

/** An OpenID Connect provider that describes itself at `<issuer>/.well-known/openid-configuration`. */
export interface OidcOptions {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** For the button. */
  readonly name?: string;
}
