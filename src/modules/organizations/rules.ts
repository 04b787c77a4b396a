import { Refusal } from '../../errors.ts';
import type { ModelRules } from '../../http/index.ts';
import { settingsFaults } from './settings.ts';

const BY_INVITATION = 'People join by invitation: POST /invitations.';

/** What the data API alone would let through of organizations, memberships and people. */
export const organizationRules: readonly ModelRules[] = [
  {
    model: 'Organization',
    closed: {
      archivedAt: 'An organization is archived by its owner: POST /archive.',
      isPlatform: 'Only the platform says which organization operates it.',
    },
    refuses: {
      create: 'An organization is made with POST /v1/organizations.',
      delete: 'Archive it: POST /archive.',
    },
    update: async (_, __, changes) => {
      if (!('settings' in changes)) return changes;
      const fields = settingsFaults(changes.settings);
      if (fields.length === 0) return changes;
      throw new Refusal(
        'invalid',
        'SETTINGS_INVALID',
        'The settings are not of the shape that the organization knows.',
        'Give {locale, timezone, currency, email: {from_name, from_email}, features}; leave out what stays.',
        { fields },
      );
    },
  },
  {
    model: 'OrganizationMember',
    refuses: {
      create: BY_INVITATION,
      update: 'Roles and permissions change with PATCH /members/{userId}.',
      delete: 'Somebody leaves with DELETE /members/{userId}; the row stays for history.',
    },
  },
];
