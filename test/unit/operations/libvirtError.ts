import { LibvirtError } from '../../../src/libvirt/errors.ts';
import { ErrorCode } from '../../../src/libvirt/protocol/errorCodes.ts';

/** What libvirt on kvm1 answers with this text. */
export function libvirtError(message: string): LibvirtError {
  return new LibvirtError('kvm1', {
    code: ErrorCode.internalError,
    domain: 0,
    message,
    level: 2,
    domainRef: undefined,
    string1: undefined,
    string2: undefined,
    string3: undefined,
    int1: -1,
    int2: -1,
    networkRef: undefined,
  });
}
