import assert from 'node:assert/strict';
import { explainNetworkFailure, NetworkProblem } from '../../../../src/operations/networks/networkProblem.ts';
import { libvirtError } from '../libvirtError.ts';

describe('the failure of a network', () => {
  const cases: readonly [message: string, code: NetworkProblem['code'], words: RegExp][] = [
    [
      'internal error: Network is already in use by interface virbr0',
      'subnet-in-use',
      /those of virbr0 there/,
    ],
    [
      'Cannot check dnsmasq binary /usr/sbin/dnsmasq: No such file or directory',
      'no-dnsmasq',
      /dnsmasq, which gives addresses and names, is not installed/,
    ],
    [
      'internal error: Child process (VIR_BRIDGE_NAME=virbr1 /usr/sbin/dnsmasq --conf-file=/x) unexpected exit status 2: \ndnsmasq: failed to create listening socket for 192.168.200.1: Address already in use',
      'port-53-in-use',
      /listens at 192\.168\.200\.1/,
    ],
    [
      'error from service: GDBus.Error:org.fedoraproject.FirewallD1.Exception: INVALID_ZONE: libvirt',
      'no-firewall',
      /firewall/,
    ],
  ];

  for (const [message, code, words] of cases) {
    it(`“${message.slice(0, 40)}…” is ${code}`, () => {
      const problem = explainNetworkFailure(libvirtError(message), 'lan', 'kvm1');
      assert.ok(problem instanceof NetworkProblem);
      assert.equal(problem.code, code);
      assert.match(problem.message, words);
      assert.match(problem.message, /lan .*kvm1/);
      assert.ok(problem.advice !== undefined && problem.raw === message);
    });
  }

  it('of any other kind is left as it is', () => {
    for (const error of [libvirtError('operation failed'), new Error('x')]) {
      assert.equal(explainNetworkFailure(error, 'lan', 'kvm1'), error);
    }
  });
});
