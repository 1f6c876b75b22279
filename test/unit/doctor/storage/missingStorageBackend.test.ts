import assert from 'node:assert/strict';
import { suspect } from '../../../../src/doctor/complaint.ts';
import { missingStorageBackendFailure as failure } from '../../../../src/doctor/failures/storage/missingStorageBackend/missingStorageBackend.ts';
import { silentLog } from '../../../../src/base/log.ts';
import { parseHostAddress } from '../../../../src/hosts/hostAddress.ts';
import { HostSession } from '../../../../src/hosts/hostSession.ts';
import type { PoolEntry } from '../../../../src/hosts/inventory/pools.ts';
import { backendMissing, PoolProblem } from '../../../../src/operations/pools/poolProblem.ts';

describe('a missing storage backend', () => {
  const typeIn = (error: unknown): string | undefined =>
    suspect(error, undefined, [failure])[0]?.complaint.match[1];

  it('is known by what libvirt says, and tells the type of the pool', () => {
    assert.equal(typeIn(new Error('internal error: missing backend for pool type 9 (rbd)')), 'rbd');
    assert.equal(
      typeIn(new Error('error: internal error: missing backend for pool type 12 (iscsi-direct)')),
      'iscsi-direct',
    );
    for (const { example, pattern } of failure.symptoms) assert.match(example, pattern);
  });

  it('is known when it was put in other words', () => {
    const cause = new Error('internal error: missing backend for pool type 9 (rbd)');
    assert.equal(typeIn(new PoolProblem(...backendMissing('vms', 'kvm1', 'rbd'), cause)), 'rbd');
  });

  it('is not what is said of other things that are missing', () => {
    for (const said of [
      "Requested operation is not valid: storage pool 'images_rbd' is not active",
      "internal error: missing storage backend for 'nbd' storage",
      'missing pool type',
      'failed to connect to the RADOS monitor on: 10.10.0.1:6789,: No such file or directory',
    ])
      assert.equal(typeIn(new Error(said)), undefined, said);
  });

  it('is seen in passing at a pool whose state libvirt cannot tell', () => {
    const entry = (error: Error): PoolEntry => ({
      ref: { name: 'vms', uuid: 'f725ce42-807a-48bf-a54f-7f877afbf81d' },
      ...{ active: true, autostart: true, persistent: true, condition: { kind: 'unknown', error } },
    });
    const session = new HostSession('kvm1', parseHostAddress('qemu+ssh://kvm1/system'), {
      log: silentLog,
      autoReconnect: () => false,
      openTransport: () => assert.fail('a glance asks nobody'),
    });
    const glance = (said: string): string | undefined =>
      failure.glance?.pool?.(entry(new Error(said)), session);
    assert.match(glance('internal error: missing backend for pool type 9 (rbd)') ?? '', /no backend for rbd/);
    assert.equal(glance('Storage pool not found'), undefined);
  });
});
