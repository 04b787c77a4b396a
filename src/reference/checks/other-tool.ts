/** A rule of another tool: its code, what it looks for in our words, and where no check of ours stands for it, why. */
export type OtherRule = readonly [code: string, says: string, reason?: string];

export interface OtherTool {
  /** As checks name it in `also`: `splinter 0013`. */
  readonly name: string;
  readonly about: string;
  readonly rules: readonly OtherRule[];
}
