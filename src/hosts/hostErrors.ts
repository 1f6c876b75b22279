import { CodedProblem, type ProblemDetails } from '../base/errors.ts';

export type HostErrorCode =
  /** The socket is there, the user may not write to it. */
  | 'no-permission'
  /** No libvirt daemon listens, or none is installed. */
  | 'no-libvirt'
  /** sshd forwards no UNIX sockets, and nothing on the host can do it in its place. */
  | 'forwarding-forbidden'
  | 'not-connected';

/** A host that was reached, where libvirt was not. */
export class HostError extends CodedProblem<HostErrorCode> {
  /** A command line that, run on the host, would help. */
  readonly remedy: string | undefined;

  constructor(code: HostErrorCode, message: string, details?: ProblemDetails & { readonly remedy?: string }) {
    super(code, message, details);
    this.remedy = details?.remedy;
  }
}
