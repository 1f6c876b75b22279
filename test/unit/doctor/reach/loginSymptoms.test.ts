import assert from 'node:assert/strict';
import { suspect } from '../../../../src/doctor/complaint.ts';
import { capsTooNarrowFailure } from '../../../../src/doctor/failures/cephx/capsTooNarrow.ts';
import { clientPrefixInUsernameFailure } from '../../../../src/doctor/failures/cephx/clientPrefixInUsername.ts';
import { diskWithoutAuthFailure } from '../../../../src/doctor/failures/cephx/diskWithoutAuth.ts';
import { poolSecretByUsageFailure } from '../../../../src/doctor/failures/cephx/poolSecretByUsage.ts';
import { secretMissingFailure } from '../../../../src/doctor/failures/cephx/secretMissing.ts';
import { secretNotOnAllHostsFailure } from '../../../../src/doctor/failures/cephx/secretNotOnAllHosts.ts';
import { secretWithoutValueFailure } from '../../../../src/doctor/failures/cephx/secretWithoutValue.ts';
import { unknownCephUserFailure } from '../../../../src/doctor/failures/cephx/unknownCephUser.ts';
import { wrongKeyFailure } from '../../../../src/doctor/failures/cephx/wrongKey.ts';
import { cephPoolMissingFailure } from '../../../../src/doctor/failures/reach/cephPoolMissing.ts';
import { cephUnreachableFailure } from '../../../../src/doctor/failures/reach/cephUnreachable.ts';
import { domainStuckInStartFailure } from '../../../../src/doctor/failures/reach/domainStuckInStart.ts';

const failures = [
  cephPoolMissingFailure,
  cephUnreachableFailure,
  domainStuckInStartFailure,
  diskWithoutAuthFailure,
  wrongKeyFailure,
  unknownCephUserFailure,
  clientPrefixInUsernameFailure,
  capsTooNarrowFailure,
  secretMissingFailure,
  secretNotOnAllHostsFailure,
  secretWithoutValueFailure,
  poolSecretByUsageFailure,
];

/** QEMU's complaint about a disk, as libvirt hands it on. */
const blockdev = (end: string): string =>
  'internal error: process exited while connecting to monitor: 2026-11-20T11:31:20.726625Z qemu-system-x86_64: -blockdev {"driver":"rbd","pool":"libvirt-pool","image":"vm1-disk","server":[{"host":"127.0.0.1","port":"6789"}],"user":"libvirt","auth-client-required":["cephx","none"],"key-secret":"libvirt-1-storage-auth-secret0","node-name":"libvirt-1-storage","cache":{"direct":false,"no-flush":false},"auto-read-only":true,"discard":"unmap"}: ' +
  end;

/** What libvirt 9 and Ceph 16 said, and which failures it may be. */
const texts: readonly (readonly [said: string, ...ids: string[]])[] = [
  [
    'failed to connect to the RADOS monitor on: 10.10.0.1:6789,: No such file or directory',
    'ceph-unreachable',
    'disk-without-auth',
    'wrong-key',
    'unknown-ceph-user',
    'client-prefix-in-username',
    'caps-too-narrow',
  ],
  [
    'failed to connect to the RADOS monitor on: 10.10.0.1:6789,: Success',
    'ceph-unreachable',
    'disk-without-auth',
    'wrong-key',
    'unknown-ceph-user',
    'client-prefix-in-username',
    'caps-too-narrow',
  ],
  [
    blockdev('error connecting: Permission denied'),
    'wrong-key',
    'unknown-ceph-user',
    'client-prefix-in-username',
    'caps-too-narrow',
  ],
  [blockdev('error connecting: No such file or directory'), 'disk-without-auth'],
  [blockdev('error connecting: Operation not supported'), 'disk-without-auth'],
  [
    "internal error: unable to execute QEMU command 'blockdev-add': error connecting: No such file or directory",
    'disk-without-auth',
  ],
  [blockdev('error connecting: Connection timed out'), 'ceph-unreachable'],
  [blockdev('error connecting: Invalid argument'), 'ceph-unreachable', 'wrong-key'],
  [blockdev('error reading header from xo: Operation not permitted'), 'caps-too-narrow'],
  ['Unable to list RBD images: No such file or directory', 'caps-too-narrow'],
  [
    '2026-11-21T18:35:41.971+0000 7f21e7dcd380 -1 librbd::api::Image: list_images: error listing v1 images: (1) Operation not permitted\nrbd: listing images failed: (1) Operation not permitted',
    'caps-too-narrow',
  ],
  [
    "rbd: couldn't connect to the cluster!\nrbd: listing images failed: (13) Permission denied",
    'wrong-key',
    'unknown-ceph-user',
  ],
  [
    "2026-11-21T18:39:17.595+0000 7f3d6e8bf380  0 monclient(hunting): authenticate timed out after 4\nrbd: couldn't connect to the cluster!\nrbd: listing images failed: (110) Connection timed out",
    'ceph-unreachable',
  ],
  [
    "server name not found: no.such.host (Temporary failure in name resolution)\nunable to parse addrs in 'no.such.host'\nrbd: couldn't connect to the cluster!\nrbd: listing images failed: (22) Invalid argument",
    'ceph-unreachable',
  ],
  [
    'Timed out during operation: cannot acquire state change lock (held by monitor=remoteDispatchDomainCreate)',
    'domain-stuck-in-start',
  ],
  [
    'Timed out during operation: cannot acquire state change lock (held by monitor=remoteDispatchDomainCreateWithFlags)',
    'domain-stuck-in-start',
  ],
  [
    "Secret not found: no secret with matching uuid '99999999-2222-4333-8444-555555555555'",
    'secret-missing',
    'secret-not-on-all-hosts',
  ],
  ["Secret not found: no secret with matching usage 'it's'", 'secret-missing', 'secret-not-on-all-hosts'],
  [
    "Secret not found: secret '22222222-2222-4333-8444-555555555555' does not have a value",
    'secret-without-value',
  ],
  ['XML error: missing secret uuid or usage attribute', 'pool-secret-by-usage'],
  [blockdev('error opening pool nosuchpool: No such file or directory'), 'ceph-pool-missing'],
  [
    "failed to create the RBD IoCTX. Does the pool 'nopool' exist?: No such file or directory",
    'ceph-pool-missing',
  ],
  [
    "rbd: error opening pool 'nopool': (2) No such file or directory\nrbd: listing images failed: (2) No such file or directory",
    'ceph-pool-missing',
  ],
];

/** Of other failures. */
const others: readonly string[] = [
  blockdev('error reading header from nosuch: No such file or directory'),
  'Timed out during operation: cannot acquire state change lock (held by monitor=remoteDispatchDomainBlockCommit)',
  'Timed out during operation: cannot acquire state change lock (held by agent=remoteDispatchDomainFSFreeze)',
  "failed to remove volume 'libvirt-pool/vm-boot': No such file or directory",
  "Cannot access storage file '/x.qcow2' (as uid:64055, gid:108): Permission denied",
  'missing backend for pool type 9 (rbd)',
  'internal error: failed to set RADOS option: auth_supported',
  "error: unable to connect to server at 'kvm1:16509': Connection timed out",
];

describe('what a login to Ceph fails with', () => {
  for (const [said, ...ids] of texts) {
    it(`is known by “${said.slice(-70).replaceAll('\n', ' ')}”`, () => {
      const found = suspect(new Error(said), undefined, failures).map(({ failure }) => failure.id);
      assert.deepEqual(found.sort(), [...ids].sort());
    });
  }

  it('is not taken for what other failures say', () => {
    for (const said of others) assert.deepEqual(suspect(new Error(said), undefined, failures), [], said);
  });
});
