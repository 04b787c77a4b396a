export { escapeHtml, type Letter } from './letter.ts';
export { type CapturedMessage, type Mailbox, type MailboxOptions, openMailbox } from './mailbox.ts';
export { mailboxPage, messagePage } from './mailbox-page.ts';
export { type Outbox, type OutboxOptions, openOutbox } from './outbox.ts';
