import { LotlineError } from '../errors.ts';

/** A request that HTTP itself refuses: its method, its media type, its syntax, a condition it should have carried. */
export class HttpFault extends LotlineError {
  readonly status: 400 | 403 | 404 | 405 | 406 | 410 | 413 | 415 | 428;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: HttpFault['status'],
    code: string,
    message: string,
    hint: string,
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(code, message, hint);
    this.name = 'HttpFault';
    this.status = status;
    this.headers = headers;
  }
}
