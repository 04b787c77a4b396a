import { z } from 'zod';
import { PASSWORD } from './library.ts';
import type { Fault } from './problem.ts';
import type { Fields } from './request-body.ts';
import { SLUG, slugOf } from './slug.ts';

/** What a sign-up asks the library for. */
export interface SignUp {
  readonly name: string;
  readonly email: string;
  readonly password: string;
  readonly organizationName?: string;
  readonly organizationSlug?: string;
}

const text = (least: number, most: number) =>
  z
    .string()
    .trim()
    .min(least)
    .max(most)
    .refine((s) => !/\p{Cc}/u.test(s), 'must not hold control characters');

const schema = z.object({
  name: text(1, 200),
  email: z.email().max(254).toLowerCase(),
  password: z.string().min(PASSWORD.least).max(PASSWORD.most),
  organizationName: text(1, 200).optional(),
  organizationSlug: z
    .string()
    .min(3)
    .max(63)
    .regex(SLUG, 'small letters, digits and single hyphens')
    .optional(),
  /** The token of an invitation: then no organization is made. Whether it holds is seen when it is accepted. */
  invitation: z.string().max(200).optional(),
});

/**
 * Checks the fields of a sign-up. The address of the organization follows from its name where none is given; one that is
 * taken gets a suffix when the organization is made.
 */
export function readSignUp(fields: Fields): { signUp: SignUp } | { faults: readonly Fault[] } {
  const parsed = schema.safeParse(fields);
  if (!parsed.success)
    return {
      faults: parsed.error.issues.map((issue) => ({
        field: issue.path.join('.'),
        code: issue.code,
        message: issue.message,
      })),
    };
  const { name, email, password, organizationName, organizationSlug, invitation } = parsed.data;
  if (invitation !== undefined) return { signUp: { name, email, password } };
  if (organizationName === undefined)
    return {
      faults: [
        {
          field: 'organizationName',
          code: 'required',
          message: 'Name your organization, or give the token of an invitation as "invitation".',
        },
      ],
    };
  return {
    signUp: {
      name,
      email,
      password,
      organizationName,
      organizationSlug: organizationSlug ?? slugOf(organizationName),
    },
  };
}
