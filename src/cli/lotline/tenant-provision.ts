import { LotlineError } from '../../errors.ts';
import { provisionOrganization } from '../../modules/organizations/index.ts';
import type { Command, ExitCode } from '../command.ts';
import { actorOf, BY, withTenants } from '../tenant-session.ts';

export const command: Command = {
  name: 'lotline tenant provision',
  summary:
    'Makes an organization with its owner and a trial, as the application does. A second run changes nothing.',
  positionals: [
    { name: 'address', help: 'the address of the organization, e.g. oddfern-properties', required: true },
  ],
  options: {
    name: { type: 'string', value: 'name', help: 'the name of the organization; the address where left out' },
    'owner-email': {
      type: 'string',
      value: 'e-mail',
      help: 'the owner; an account is made where there is none',
    },
    'owner-name': { type: 'string', value: 'name', help: 'the owner’s name, for a new account' },
    by: BY,
    json: { type: 'boolean', help: 'print one JSON object' },
  },
  exits: { 0: 'the organization is there', 1: 'nothing was made; the message says why' },
  async run(values) {
    const ownerEmail = values['owner-email'];
    if (typeof ownerEmail !== 'string')
      throw new LotlineError('USAGE', '--owner-email is missing', 'an organization needs an owner');
    const slug = String(values.address);
    return withTenants<ExitCode>(Boolean(values.json), async ({ platform, progress }) => {
      const made = await platform((client) =>
        provisionOrganization(client, {
          slug,
          name: typeof values.name === 'string' ? values.name : slug,
          ownerEmail,
          ...(typeof values['owner-name'] === 'string' ? { ownerName: values['owner-name'] } : {}),
          actor: actorOf(values.by),
        }),
      );
      progress.done();
      const { organizationId, created, ownerCreated } = made;
      if (values.json) console.log(JSON.stringify({ ok: true, ...made }, null, 2));
      else if (!created) console.log(`${slug} is there already: ${organizationId}. Nothing was changed.`);
      else
        console.log(
          `${slug} is ready: ${organizationId}, owned by ${ownerEmail}${ownerCreated ? ', whose account is new' : ''}.`,
        );
      return 0;
    });
  },
};
