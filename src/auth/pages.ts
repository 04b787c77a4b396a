import { escapeHtml } from '../mail/index.ts';
import { PASSWORD } from './library.ts';

/**
 * The few pages that links in mails lead to. A program that only looks at links, as mail filters do, must not confirm
 * anything: it takes a press on a button. No script, no style.
 */

export function verifyPage(token: string): Response {
  return page(
    'Confirm your e-mail address',
    `<p>Confirm only if you asked for it yourself, a moment ago.</p>
<form method="post" action="/auth/verify-email"><input type="hidden" name="token" value="${escapeHtml(token)}"><button>Confirm</button></form>`,
  );
}

export function resetPage(token: string): Response {
  return page(
    'Choose a new password',
    `<form method="post" action="/auth/reset-password"><input type="hidden" name="token" value="${escapeHtml(token)}">
<p><label for="p">New password, ${PASSWORD.least} to ${PASSWORD.most} characters</label><br><input id="p" name="newPassword" type="password" autocomplete="new-password" required minlength="${PASSWORD.least}" maxlength="${PASSWORD.most}"></p>
<button>Change the password</button></form>`,
  );
}

export function forgotPage(): Response {
  return page(
    'Forgotten your password?',
    `<form method="post" action="/auth/request-password-reset"><p><label for="e">E-mail address</label><br><input id="e" name="email" type="email" autocomplete="email" required></p>
<button>Send me a link</button></form>`,
  );
}

export function donePage(title: string, text: string, status = 200): Response {
  return page(title, `<p>${escapeHtml(text)}</p>`, status);
}

function page(title: string, body: string, status = 200): Response {
  return new Response(
    `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escapeHtml(title)} – Lotline</title></head>
<body><main><h1>${escapeHtml(title)}</h1>${body}</main></body></html>
`,
    {
      status,
      headers: {
        'content-type': 'text/html; charset=utf-8',
        'cache-control': 'no-store',
        // The address holds a token. Under no-referrer browsers would hide the origin of the form as well.
        'referrer-policy': 'same-origin',
        'x-content-type-options': 'nosniff',
        'content-security-policy':
          "default-src 'none'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
      },
    },
  );
}
