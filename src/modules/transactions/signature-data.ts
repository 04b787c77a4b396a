import { z } from 'zod';

/**
 * What `document_signatures.signature_data` holds, as JSON: the mark itself and what was signed. It stands in the row of
 * the signature because the database makes that row final.
 */
const shape = z.object({
  typedName: z.string().optional(),
  /** A PNG as data URL. */
  image: z.string().optional(),
  document: z.object({
    id: z.string(),
    version: z.number(),
    storageKey: z.string(),
    sha256: z.string(),
    /** Bytes. */
    size: z.string(),
  }),
  /** The member in whose presence a party without account signed. */
  witness: z.string().optional(),
});

export type SignatureData = z.output<typeof shape>;

export function writeSignatureData(data: SignatureData): string {
  return JSON.stringify(data);
}

/** Null for text that is not of this form, such as that of imported signatures. */
export function readSignatureData(text: string | null): SignatureData | null {
  try {
    return shape.parse(JSON.parse(text ?? ''));
  } catch {
    return null;
  }
}

/** The version of the document that was signed, where it is told. */
export function signedVersion(text: string | null): number | undefined {
  return readSignatureData(text)?.document.version;
}
