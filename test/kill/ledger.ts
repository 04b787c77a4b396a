/** A contact as a client knows it: what was sent, and what was acknowledged last. */
export interface ContactEntry {
  readonly marker: string;
  /** Set with the first answer. */
  id?: string;
  /** Notes that were acknowledged last, and those under way that may have been written. */
  notes?: string;
  trying?: string;
}

/** Content whose publication was asked for. `scheduled` once that was acknowledged. */
export interface PieceEntry {
  readonly marker: string;
  id?: string;
  scheduled?: boolean;
}

export interface FileEntry {
  readonly marker: string;
  readonly text: string;
  id?: string;
}

/** What all clients sent and were answered: to be compared with what the database has at the end. */
export interface Ledger {
  readonly contacts: ContactEntry[];
  readonly pieces: PieceEntry[];
  readonly files: FileEntry[];
}

export const openLedger = (): Ledger => ({ contacts: [], pieces: [], files: [] });
