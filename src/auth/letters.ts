import type { Letter } from '../mail/index.ts';

/** The mails of sign-in. Names that people chose stand in quotes, so that nobody writes a sentence of ours. */

const IGNORE = 'If this was not you, ignore this mail. Nothing happens without the link.';

export function verificationLetter(url: string): Letter {
  return {
    subject: 'Confirm your e-mail address',
    paragraphs: [
      'Somebody, we hope you, wants to use Lotline with this e-mail address.',
      'Confirm only if you asked for it yourself, a moment ago: whoever asked chose the password of the account.',
    ],
    link: { label: 'Confirm the address', url },
    footer: `The link holds for an hour. ${IGNORE}`,
  };
}

export function takenLetter(url: string): Letter {
  return {
    subject: 'You have an account already',
    paragraphs: [
      'Somebody, perhaps you, tried to sign up at Lotline with this e-mail address. It has an account already, so nothing was changed.',
      'Sign in as usual. If you no longer know the password, choose a new one.',
    ],
    link: { label: 'Choose a new password', url },
    footer: 'If this was not you, ignore this mail.',
  };
}

export function resetLetter(url: string): Letter {
  return {
    subject: 'Choose a new password',
    paragraphs: ['Somebody, we hope you, asked for a new password for Lotline.'],
    link: { label: 'Choose a new password', url },
    footer: `The link holds for an hour and works once. ${IGNORE}`,
  };
}

export function passwordChangedLetter(url: string): Letter {
  return {
    subject: 'Your password was changed',
    paragraphs: ['The password of your account at Lotline was changed, and all other sessions were ended.'],
    link: { label: 'If this was not you, choose a new password at once', url },
  };
}

export function emailChangeLetter(newEmail: string, url: string): Letter {
  return {
    subject: 'Change your e-mail address',
    paragraphs: [`Your account at Lotline is to move to the address ${newEmail}.`],
    link: { label: 'Allow it', url },
    footer: `The new address is asked for confirmation next. ${IGNORE}`,
  };
}

export function invitationLetter(organization: string, inviter: string, role: string, url: string): Letter {
  return {
    subject: `Invitation to “${organization}” at Lotline`,
    paragraphs: [
      `“${inviter}” invites you to work with “${organization}” at Lotline, as ${role}.`,
      'Sign in, or sign up, with this e-mail address to accept.',
    ],
    link: { label: 'Look at the invitation', url },
    footer: 'The link holds for seven days and works once. If you do not expect it, ignore this mail.',
  };
}
