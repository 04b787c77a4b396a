import { Refusal } from '../../errors.ts';
import { type Values, z } from '../../http/index.ts';

/** Bytes of the text of one piece, in UTF-8. Pictures belong into files. */
export const MOST_BYTES = 1024 ** 2;

const url = z.url({ protocol: /^https?$/ }).max(500);

/** What search engines and previews are told (`content.seo_meta`). */
export const seoMeta = z.strictObject({
  title: z.string().min(1).max(255).optional(),
  description: z.string().max(1000).optional(),
  keywords: z.array(z.string().min(1).max(100)).max(50).optional(),
  og_image: url.optional(),
  canonical_url: url.optional(),
  noindex: z.boolean().optional(),
});

/**
 * Checks what the columns alone do not: the size of the text and the shape of its metadata.
 * @throws Refusal `CONTENT_TOO_LARGE`, `SEO_META`
 */
export function requireSoundText({ content, seoMeta: meta }: Values): void {
  if (typeof content === 'string' && Buffer.byteLength(content) > MOST_BYTES) {
    const message = `The text has ${Buffer.byteLength(content).toLocaleString('en-US')} bytes; ${MOST_BYTES.toLocaleString('en-US')} are allowed.`;
    throw new Refusal(
      'too-large',
      'CONTENT_TOO_LARGE',
      message,
      'Upload pictures as files and refer to them.',
      {
        fields: [{ field: 'content', code: 'CONTENT_TOO_LARGE', message }],
      },
    );
  }
  // null, or Prisma's own sign for it, is no metadata.
  if (meta === undefined || meta === null || !isPlain(meta)) return;
  const read = seoMeta.safeParse(meta);
  if (read.success) return;
  throw new Refusal(
    'invalid',
    'SEO_META',
    'The metadata is not of the shape that pages use.',
    `Its fields are ${Object.keys(seoMeta.shape).join(', ')}.`,
    {
      fields: read.error.issues.map(({ path, message }) => ({
        field: ['seoMeta', ...path].join('.'),
        code: 'SEO_META',
        message,
      })),
    },
  );
}

/** Prisma's DbNull and JsonNull are objects of a class. */
const isPlain = (value: unknown) =>
  typeof value !== 'object' || Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype;
