import { CodedProblem } from '../../base/errors.ts';

export type SshErrorCode =
  /** What was given is no destination of ssh. */
  | 'bad-destination'
  /** The ssh configuration cannot be read or understood. */
  | 'bad-config'
  /** ProxyJump or ProxyCommand is set for the host. */
  | 'proxy-unsupported'
  | 'host-not-found'
  /** Nothing listens on the port. */
  | 'refused'
  /** No route to the host, or its network is down. */
  | 'unreachable'
  /** No answer within the time that was allowed, at any step. */
  | 'timeout'
  /** Something answers on the port that does not speak SSH 2. */
  | 'not-ssh'
  /** Client and server have no algorithm in common. */
  | 'no-common-algorithm'
  /** The host's key is not known, and the configuration forbids to ask. */
  | 'host-key-unknown'
  | 'host-key-changed'
  | 'host-key-revoked'
  /** The server accepted none of the identities and passwords. */
  | 'auth-failed'
  /** The UNIX socket or TCP port did not open: it is not there, may not be used, or sshd forbids to forward. */
  | 'connect-failed'
  /** sshd's configuration forbids to forward. */
  | 'forwarding-prohibited'
  /** sshd opens no further session (MaxSessions) or runs no command. */
  | 'session-refused'
  /** The program wrote more than `maxOutputBytes`. */
  | 'too-much-output'
  /** The connection ended before the work was done. */
  | 'connection-lost'
  /** The transport was disposed of before. */
  | 'closed';

/** A failure on the way to a host, or of the connection to it. The message names the host. */
export class SshError extends CodedProblem<SshErrorCode> {}
