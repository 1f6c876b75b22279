import { CodedProblem } from '../../base/errors.ts';

export type LocalErrorCode =
  /** The UNIX socket or TCP port did not open. */
  | 'connect-failed'
  /** Not even `env` can be run. */
  | 'cannot-run'
  | 'too-much-output'
  /** The transport was disposed of. */
  | 'closed';

/** A failure to reach something on the machine that this runs on. */
export class LocalError extends CodedProblem<LocalErrorCode> {}
