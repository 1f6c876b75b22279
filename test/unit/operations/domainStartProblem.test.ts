import assert from 'node:assert/strict';
import {
  DomainStartProblem,
  explainStartFailure,
  type DomainStartCode,
} from '../../../src/operations/domainStartProblem.ts';
import { libvirtError } from './libvirtError.ts';

const blockdev = `internal error: qemu unexpectedly closed the monitor: 2026-11-20T13:59:13.595224Z qemu-system-x86_64: -blockdev {"driver":"rbd","pool":"libvirt-pool","image":"db1","server":[{"host":"10.10.0.1","port":"6789"}],"node-name":"libvirt-1-storage"}: `;

describe('the failure of a domain to start', () => {
  const cases: readonly [said: string, code: DomainStartCode, words: string][] = [
    [`${blockdev}error connecting: No such file or directory`, 'no-cephx-key', 'libvirt-pool/db1'],
    [`${blockdev}error connecting: Operation not supported`, 'no-cephx-key', 'libvirt-pool/db1'],
    [`${blockdev}error connecting: Permission denied`, 'cephx-refused', 'libvirt-pool/db1'],
    [
      `${blockdev}error reading header from db1: No such file or directory`,
      'image-missing',
      'libvirt-pool/db1',
    ],
    [
      `internal error: process exited while connecting to monitor: error opening pool nosuchpool: No such file or directory`,
      'ceph-pool-missing',
      'nosuchpool',
    ],
    [
      "Secret not found: no secret with matching uuid '99999999-2222-4333-8444-555555555555'",
      'secret-missing',
      '99999999-2222-4333-8444-555555555555',
    ],
    [
      "Secret not found: secret '22222222-2222-4333-8444-555555555555' does not have a value",
      'secret-without-value',
      '22222222-2222-4333-8444-555555555555',
    ],
  ];
  for (const [said, code, words] of cases) {
    it(`is told as ${code} for “…${said.slice(-60)}”`, () => {
      const problem = explainStartFailure(libvirtError(said), 'db1', 'kvm1');
      assert.ok(problem instanceof DomainStartProblem);
      assert.equal(problem.code, code);
      assert.ok(problem.message.startsWith('db1 does not start on kvm1: '), problem.message);
      assert.ok(problem.message.includes(words), problem.message);
      assert.equal(problem.raw, said);
      assert.ok(problem.advice);
    });
  }

  it('is left alone when it is another one', () => {
    const other = libvirtError('Requested operation is not valid: domain is already running');
    assert.equal(explainStartFailure(other, 'db1', 'kvm1'), other);
  });
});
