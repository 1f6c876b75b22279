import assert from 'node:assert/strict';
import { isLibvirtError, LibvirtError, type RemoteError } from '../../../src/libvirt/errors.ts';
import { ErrorCode } from '../../../src/libvirt/protocol/errorCodes.ts';

const plain: RemoteError = {
  ...{ code: 1, domain: 10, message: undefined, level: 2, domainRef: undefined, networkRef: undefined },
  ...{ string1: undefined, string2: undefined, string3: undefined, int1: -1, int2: -1 },
};
const errorOf = (given: Partial<RemoteError>): LibvirtError =>
  new LibvirtError('kvm1', { ...plain, ...given });

describe('a libvirt error', () => {
  it('says what happened on which host, and keeps what the machine said', () => {
    const message = 'XML document failed to validate against schema: Unable to validate doc\nExtra element\n';
    const error = errorOf({ code: 92, message });
    assert.equal(error.message, `libvirt on kvm1: ${message.trimEnd()}`);
    assert.equal(error.raw, message);
    assert.equal(error.name, 'LibvirtError');
  });

  it('without a text has at least its number', () => {
    assert.match(errorOf({ code: 77 }).message, /77/);
    assert.match(errorOf({ string1: 'odd' }).message, /odd/);
  });

  for (const [what, given, code] of [
    ['an unknown procedure', { code: 39, message: 'unknown procedure: 453' }, ErrorCode.noSupport],
    ['another failure of the protocol', { code: 39, message: 'authentication required' }, ErrorCode.rpc],
    ['a guest that is called so', { code: 42, message: "no domain 'unknown procedure'" }, ErrorCode.noDomain],
  ] as const)
    it(`has the code ${code} for ${what}`, () => {
      assert.equal(errorOf(given).code, code);
    });

  for (const [code, advice] of [
    [ErrorCode.authUnavailable, /group "libvirt"/],
    [ErrorCode.operationTimeout, /Another operation/],
    [ErrorCode.agentUnresponsive, /qemu-guest-agent/],
    [ErrorCode.accessDenied, /may only read/],
  ] as const)
    it(`with the code ${code} advises`, () => {
      assert.match(errorOf({ code, message: 'x' }).advice ?? '', advice);
    });

  it('is told from others by its code', () => {
    const error: unknown = errorOf({ code: ErrorCode.noDomain });
    assert.equal(isLibvirtError(error, ErrorCode.noNetwork, ErrorCode.noDomain), true);
    assert.equal(isLibvirtError(error, ErrorCode.noNetwork), false);
    assert.equal(isLibvirtError(new Error('no domain'), ErrorCode.noDomain), false);
  });
});
