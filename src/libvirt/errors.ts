import { Problem, type ProblemDetails } from '../base/errors.ts';
import { t } from '../base/l10n.ts';
import { ErrorCode } from './protocol/errorCodes.ts';
import { domainRef, networkRef } from './protocol/refs.ts';
import { i32, optional, string, struct, type ValueOf } from './wire/xdrTypes.ts';

/** remote_error of remote_protocol.x: how the daemon reports that a call failed. */
export const remoteError = struct({
  code: i32,
  domain: i32,
  message: optional(string),
  level: i32,
  domainRef: optional(domainRef),
  string1: optional(string),
  string2: optional(string),
  string3: optional(string),
  int1: i32,
  int2: i32,
  networkRef: optional(networkRef),
});
export type RemoteError = ValueOf<typeof remoteError>;

/** libvirt refused or failed. `code` and `domain` are values of `ErrorCode` and `ErrorDomain`. */
export class LibvirtError extends Problem {
  readonly code: number;
  readonly domain: number;
  readonly level: number;
  /** str1, str2 and str3 of virError; by convention a format, its argument, and a detail. */
  readonly strings: readonly (string | undefined)[];
  /** int1 and int2 of virError; of a system error, int1 is its errno. */
  readonly ints: readonly number[];

  /** @param host how the machine is called in the sentence */
  constructor(host: string, error: RemoteError) {
    const message = error.message ?? error.string1 ?? t('error {0} without a text', error.code);
    const code = isUnknownProcedure(error) ? ErrorCode.noSupport : error.code;
    super(t('libvirt on {0}: {1}', host, message.trimEnd()), { raw: message, advice: adviceFor(code) });
    this.code = code;
    this.domain = error.domain;
    this.level = error.level;
    this.strings = [error.string1, error.string2, error.string3];
    this.ints = [error.int1, error.int2];
  }
}

/** Whether libvirt failed with one of these codes. */
export function isLibvirtError(error: unknown, ...codes: readonly number[]): error is LibvirtError {
  return error instanceof LibvirtError && codes.includes(error.code);
}

/** Daemons older than a procedure answer with a text only; libvirt's own client maps it the same way. */
function isUnknownProcedure({ code, string1, message }: RemoteError): boolean {
  return code === ErrorCode.rpc && `${string1 ?? ''} ${message ?? ''}`.includes('unknown procedure');
}

function adviceFor(code: number): string | undefined {
  switch (code) {
    case ErrorCode.noSupport:
      return t('The libvirt version of this host, or its hypervisor driver, does not have this function.');
    case ErrorCode.authUnavailable:
    case ErrorCode.authFailed:
    case ErrorCode.authCancelled:
      return t(
        'Connect as root, or add the user to the group "libvirt" on the host, or allow the action org.libvirt.unix.manage in a polkit rule.',
      );
    case ErrorCode.accessDenied:
    case ErrorCode.operationDenied:
      return t('The user of this connection may only read, or libvirt access control forbids it.');
    case ErrorCode.operationTimeout:
      return t(
        'Another operation on this domain has not finished. If its storage hangs, find out why first.',
      );
    case ErrorCode.agentUnresponsive:
      return t('Check that qemu-guest-agent runs inside the guest.');
    case ErrorCode.resourceBusy:
      return t('Something else uses it. Stop that, then try again.');
    default:
      return undefined;
  }
}

/** Why a connection has ended. */
export type CloseCause =
  /** We closed it. */
  | 'closed'
  /** The daemon, or whatever is between, ended the byte stream. */
  | 'server'
  /** The byte stream failed: a lost SSH connection, for instance. */
  | 'transport'
  /** No sign of life for as long as the keepalive allows. */
  | 'keepalive'
  /** What came is not libvirt's protocol. */
  | 'protocol'
  /** The daemon lives, but has lost its hypervisor. */
  | 'hypervisor';

/** The connection has ended: what every call that was under way rejects with. */
export class ConnectionClosedError extends Problem {
  readonly code = 'connection-closed';
  readonly closeCause: CloseCause;

  constructor(closeCause: CloseCause, message: string, details: ProblemDetails = {}) {
    super(message, details);
    this.closeCause = closeCause;
  }
}

/** The daemon wants a way of authentication that this client does not speak. */
export class UnsupportedAuthError extends Problem {
  readonly code = 'auth-unsupported';
}
