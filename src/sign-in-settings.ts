type Text = (name: string) => string | undefined;

/** What sign-in is told by the environment. */
export interface SignInSettings {
  /** Where people and programs reach the server: an origin, without a path. Undefined is where it listens. */
  readonly baseUrl: string | undefined;
  /** Where the web application is, when that is another origin. */
  readonly webUrl: string | undefined;
  /** Signs cookies and links of sign-in, 32 characters at least. Undefined has one generated and kept. */
  readonly authSecret: string | undefined;
  /** Undefined has mails captured instead of sent. */
  readonly mail: MailSettings | undefined;
  /** An OpenID Connect provider; undefined leaves it out. */
  readonly oidc: OidcSettings | undefined;
}

/** Who sends letters, and by which server. */
export interface MailSettings {
  readonly smtpUrl: string;
  readonly from: string;
}

export interface OidcSettings {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** For the button. */
  readonly name?: string;
}

/** Reads the settings; every fault is added to `faults`, as `NAME: what is wrong. How to mend it.` */
export function signInSettings(text: Text, faults: string[]): SignInSettings {
  return {
    baseUrl: originOf('BASE_URL', text('BASE_URL'), faults),
    webUrl: originOf('WEB_URL', text('WEB_URL'), faults),
    authSecret: authSecret(text('LOTLINE_AUTH_SECRET'), faults),
    mail: mailSettings(text, faults),
    oidc: oidcSettings(text, faults),
  };
}

function originOf(name: string, value: string | undefined, faults: string[]): string | undefined {
  if (value === undefined) return undefined;
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (url && /^https?:$/.test(url.protocol) && `${url.origin}/` === url.href) return url.origin;
  faults.push(`${name}: is no address of a server. Write https://app.example.com, without a path.`);
  return undefined;
}

function authSecret(value: string | undefined, faults: string[]): string | undefined {
  if (value === undefined || value.length >= 32) return value;
  faults.push('LOTLINE_AUTH_SECRET: must have at least 32 characters. Make one with: openssl rand -hex 32');
  return undefined;
}

function mailSettings(text: Text, faults: string[]): MailSettings | undefined {
  const [smtpUrl, from] = [text('SMTP_URL'), text('MAIL_FROM')];
  const before = faults.length;
  if (smtpUrl !== undefined && !(URL.canParse(smtpUrl) && /^smtps?:\/\/[^/]/.test(smtpUrl)))
    faults.push(
      'SMTP_URL: is no SMTP server. Write smtp://user:password@host:587 or smtps://…:465, with @ : / # ? % in the password percent-encoded.',
    );
  if (from !== undefined && !/^([^<>\r\n]*<[^<>@\s]+@[^<>@\s]+>|[^<>@\s]+@[^<>@\s]+)$/.test(from))
    faults.push('MAIL_FROM: is no sender. Write Lotline <no-reply@example.com>.');
  if (smtpUrl !== undefined && from === undefined)
    faults.push('MAIL_FROM: is not set, but SMTP_URL is. Write Lotline <no-reply@example.com>.');
  if (smtpUrl === undefined || from === undefined || faults.length > before) return undefined;
  return { smtpUrl, from };
}

function oidcSettings(text: Text, faults: string[]): OidcSettings | undefined {
  const names = ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET'] as const;
  const [issuer, clientId, clientSecret] = names.map(text);
  const name = text('OIDC_NAME');
  if (!issuer && !clientId && !clientSecret) {
    if (name) faults.push(`OIDC_NAME: is set without ${names.join(', ')}. Set all, or none.`);
    return undefined;
  }
  const before = faults.length;
  for (const each of names)
    if (!text(each)) faults.push(`${each}: is not set, but others of OpenID Connect are. Set all, or none.`);
  const local = /^http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:|\/|$)/;
  if (issuer && !(URL.canParse(issuer) && (issuer.startsWith('https://') || local.test(issuer))))
    faults.push(
      'OIDC_ISSUER: is no https address. Write it as the provider gives it: https://login.example.com',
    );
  if (!issuer || !clientId || !clientSecret || faults.length > before) return undefined;
  return { issuer, clientId, clientSecret, ...(name ? { name } : {}) };
}
