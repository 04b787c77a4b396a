import type pg from 'pg';

/** Work of the platform that belongs to no tenant, repeated by a schedule. */
export interface PlatformJob {
  readonly name: string;
  readonly schedule: { readonly cron: string; readonly timezone?: string };
  /**
   * Runs in a transaction as lotline_platform, under a lock of its name: no two at once, and what a killed worker had begun
   * is undone and done again. Nothing outside the database.
   */
  readonly work: (client: pg.ClientBase) => Promise<unknown>;
}
