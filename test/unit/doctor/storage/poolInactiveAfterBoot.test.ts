import assert from 'node:assert/strict';
import { silentLog } from '../../../../src/base/log.ts';
import { suspect } from '../../../../src/doctor/complaint.ts';
import {
  parseAutostartFacts,
  wasRestarted,
} from '../../../../src/doctor/failures/storage/poolInactive/autostartFacts.ts';
import { poolInactiveAfterBootFailure as failure } from '../../../../src/doctor/failures/storage/poolInactive/poolInactiveAfterBoot.ts';
import { parseHostAddress } from '../../../../src/hosts/hostAddress.ts';
import { HostSession } from '../../../../src/hosts/hostSession.ts';
import type { PoolEntry } from '../../../../src/hosts/inventory/pools.ts';

describe('a pool that is inactive after a boot', () => {
  const poolIn = (said: string): string | undefined =>
    suspect(new Error(said), undefined, [failure])[0]?.complaint.match[1];

  it('is known by what libvirt says of it, and named', () => {
    assert.equal(
      poolIn("error: Requested operation is not valid: storage pool 'images_rbd' is not active"),
      'images_rbd',
    );
    assert.equal(poolIn("Requested operation is not valid: storage pool 'it's' is not active"), "it's");
    for (const { example, pattern } of failure.symptoms) assert.equal(pattern.exec(example)?.[1], 'vms');
  });

  it('is not a pool that is active, or one that cannot be started', () => {
    for (const said of [
      "Requested operation is not valid: storage pool 'rbd-pool' is still active",
      "Requested operation is not valid: storage pool 'rbd-pool' is already active",
      'internal error: missing backend for pool type 9 (rbd)',
      "Requested operation is not valid: network 'default' is not active",
    ])
      assert.equal(poolIn(said), undefined, said);
  });

  const output = [
    'daemon 1795290511 2026-11-21 19:08:31',
    'autostarted 1795288602 2026-11-21 18:36:42',
    "2026-11-21 19:08:32.843+0000: 2656: error : storageDriverAutostartCallback:202 : internal error: Failed to autostart storage pool 'nfs1': internal error: Child process (/bin/mount) unexpected exit status 32",
    "2026-11-21 19:08:32.887+0000: 2656: error : storageDriverAutostartCallback:213 : internal error: Failed to autostart storage pool 'rbd-pool': failed to open the RBD image 'sz': No such file or directory",
  ].join('\n');

  it('is told by when libvirt was restarted, and by its log', () => {
    const facts = parseAutostartFacts(output);
    assert.deepEqual(facts.daemonSince, { seconds: 1_795_290_511, text: '2026-11-21 19:08:31' });
    assert.ok(wasRestarted(facts));
    assert.equal(
      facts.failures.get('rbd-pool'),
      "failed to open the RBD image 'sz': No such file or directory",
    );
    assert.match(facts.failures.get('nfs1') ?? '', /exit status 32/);
  });

  it('is not from a restart when the daemon started pools as it began, or when nothing is known', () => {
    const atOnce = 'daemon 1795288600 a\nautostarted 1795288602 b\n';
    assert.ok(!wasRestarted(parseAutostartFacts(atOnce)));
    assert.ok(!wasRestarted(parseAutostartFacts('daemon 1795288600 a\n')));
    assert.ok(!wasRestarted(parseAutostartFacts('')));
  });

  it('is seen in passing, but not where libvirt cannot tell the state of a pool', () => {
    const session = new HostSession('kvm1', parseHostAddress('qemu+ssh://kvm1/system'), {
      log: silentLog,
      autoReconnect: () => false,
      openTransport: () => assert.fail('a glance asks nobody'),
    });
    const glance = (change: Partial<PoolEntry>): string | undefined =>
      failure.glance?.pool?.(
        {
          ref: { name: 'vms', uuid: 'f725ce42-807a-48bf-a54f-7f877afbf81d' },
          ...{ active: false, autostart: true, persistent: true, condition: undefined, ...change },
        },
        session,
      );
    assert.match(glance({}) ?? '', /should start with the host/);
    assert.equal(glance({ active: true }), undefined);
    assert.equal(glance({ autostart: false }), undefined);
    assert.equal(glance({ condition: { kind: 'unknown', error: new Error('no backend') } }), undefined);
  });
});
