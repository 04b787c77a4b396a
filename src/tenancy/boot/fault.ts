/** Something that lets the role of a process do more than the boundary allows. */
export interface RoleFault {
  readonly what: string;
  /** The SQL, or the command, that mends it. */
  readonly mend: string;
}
