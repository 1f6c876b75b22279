import assert from 'node:assert/strict';
import type { HostSession } from '../../../src/hosts/hostSession.ts';
import type { LibvirtMachine } from '../../../src/operations/volumes/cephClientOf.ts';
import { getDomainXml, lookupDomainByName } from '../../../src/libvirt/domains.ts';
import type { DomainRef } from '../../../src/libvirt/protocol/refs.ts';
import {
  readDeletableDisks,
  type DeletableDisk,
} from '../../../src/operations/domains/undefine/deletableDisks.ts';
import {
  readRemains,
  undefineFlags,
  type DomainRemains,
} from '../../../src/operations/domains/undefine/domainRemains.ts';
import {
  LeftVolumesProblem,
  undefineWithVolumes,
  type DeletablePlace,
} from '../../../src/operations/domains/undefine/undefineDomain.ts';
import type { LabHost } from '../../../tools/lab/host.ts';
import type { Lab } from '../../../tools/lab/lab.ts';
import { xml, type Xml } from '../../../tools/lab/xml.ts';
import { connectTo } from '../libvirt/labConnection.ts';
import { labSession } from '../support/labSession.ts';
import { sharedLab } from '../support/sharedLab.ts';
import { defineScratch, forgetDomain, rbdDisk } from './scratchDomain.ts';

const name = 'doomed';
const images = '/var/lib/libvirt/images';

function fileDisk(file: string, target: string): Xml {
  return xml`<disk type='file' device='disk'><driver name='qemu' type='qcow2'/><source file='${file}'/>
    <target dev='${target}' bus='virtio'/></disk>`;
}

describe('undefining a domain', function () {
  this.timeout(60_000);
  let lab: Lab;
  let kvm1: LabHost;
  let session: HostSession;
  let host: LibvirtMachine;

  const rbd = (...args: readonly string[]): Promise<string> => lab.ceph.machine.run(['rbd', ...args]);

  before(async () => {
    lab = await sharedLab();
    kvm1 = lab.host('kvm1');
    session = await labSession(lab, 'qemu+ssh://kvm1/system');
    const { transport } = await session.connect();
    host = { connection: await connectTo(kvm1), transport };
  });

  after(async () => {
    host.connection.dispose();
    session.dispose();
    await forgetDomain(kvm1, name);
  });

  interface Found {
    readonly domain: DomainRef;
    readonly remains: DomainRemains;
    readonly disks: readonly DeletableDisk[];
  }

  const look = async (usersOf: (target: string) => readonly string[] = () => []): Promise<Found> => {
    const domain = await lookupDomainByName(host.connection, name);
    const definition = await getDomainXml(host.connection, domain, { inactive: true });
    const remains = await readRemains(host.connection, domain, definition);
    const disks = await readDeletableDisks(host, name, remains.disks, ({ target }) => usersOf(target));
    return { domain, remains, disks };
  };
  const places = (disks: readonly DeletableDisk[]): readonly DeletablePlace[] =>
    disks.map(({ place }) => place).filter((place): place is DeletablePlace => place.kind !== 'elsewhere');

  it('with its saved state, snapshots and volumes leaves nothing, in pools and in Ceph', async () => {
    await kvm1.virsh('vol-create-as', 'images', 'doomed.qcow2', '8M', '--format', 'qcow2');
    await rbd('create', '--size', '8M', 'libvirt-pool/doomed');
    await defineScratch(kvm1, name, {
      devices: [fileDisk(`${images}/doomed.qcow2`, 'vda'), rbdDisk('doomed', 'vdb')],
    });
    await kvm1.virsh('start', name);
    await kvm1.virsh('managedsave', name);
    const { domain, remains, disks } = await look();
    assert.deepEqual(
      [remains.managedSave, remains.snapshots, remains.checkpoints, remains.nvram],
      [true, 0, 0, false],
    );
    // libvirt's pool has not heard of the image: Ceph itself is asked.
    assert.deepEqual(
      disks.map(({ place, objections }) => [place.kind, objections]),
      [
        ['volume', []],
        ['image', []],
      ],
    );
    const flags = undefineFlags(remains, { nvram: true, tpm: true });
    await undefineWithVolumes(host, domain, flags, places(disks));
    assert.doesNotMatch(await kvm1.virsh('list', '--all', '--name'), /doomed/);
    assert.doesNotMatch(await kvm1.virsh('vol-list', 'images'), /doomed/);
    assert.doesNotMatch(await rbd('ls', 'libvirt-pool'), /doomed/);
  });

  it('names the volumes that others need, and says why one was not deleted', async () => {
    await rbd('create', '--size', '8M', 'libvirt-pool/doomed');
    await rbd('snap', 'create', '--no-progress', 'libvirt-pool/doomed@keep me');
    await kvm1.virsh('vol-create-as', 'images', 'base.qcow2', '8M', '--format', 'qcow2');
    await kvm1.virsh(
      ...['vol-create-as', 'images', 'over.qcow2', '8M', '--format', 'qcow2'],
      ...['--backing-vol', 'base.qcow2', '--backing-vol-format', 'qcow2'],
    );
    await kvm1.run(['qemu-img', 'create', '-q', '-f', 'qcow2', '/var/tmp/outside.qcow2', '8M']);
    await kvm1.virsh('pool-refresh', 'rbd-pool');
    await defineScratch(kvm1, name, {
      devices: [
        fileDisk(`${images}/base.qcow2`, 'vda'),
        rbdDisk('doomed', 'vdb'),
        rbdDisk('web1', 'vdc'),
        fileDisk('/var/tmp/outside.qcow2', 'vdd'),
      ],
    });
    const { domain, remains, disks } = await look((target) => (target === 'vdc' ? ['web1'] : []));
    const [base, image, web1, outside] = disks;
    assert.deepEqual(base?.objections, ['over.qcow2 is based on it']);
    assert.deepEqual(image?.objections, ['has the snapshots keep me']);
    assert.match(web1?.objections.join() ?? '', /^also a disk of web1,open by /);
    assert.equal(outside?.place.kind, 'elsewhere');
    await assert.rejects(
      undefineWithVolumes(host, domain, undefineFlags(remains, { nvram: true, tpm: true }), places([image])),
      (error) => {
        assert.ok(error instanceof LeftVolumesProblem);
        assert.match(
          error.message,
          /1 of its 1 volumes are left.*rbd-pool\/doomed: has the snapshots keep me/,
        );
        return true;
      },
    );
    assert.doesNotMatch(await kvm1.virsh('list', '--all', '--name'), /doomed/);
    await rbd('snap', 'purge', '--no-progress', 'libvirt-pool/doomed');
    await kvm1.virsh('vol-delete', 'doomed', 'rbd-pool');
    for (const volume of ['over.qcow2', 'base.qcow2']) await kvm1.virsh('vol-delete', volume, 'images');
    await kvm1.run(['rm', '/var/tmp/outside.qcow2']);
  });

  it('that libvirt refuses costs no volume', async () => {
    await kvm1.virsh('vol-create-as', 'images', 'doomed.qcow2', '8M', '--format', 'qcow2');
    await defineScratch(kvm1, name, { devices: [fileDisk(`${images}/doomed.qcow2`, 'vda')] });
    await kvm1.virsh('snapshot-create-as', name, 'one');
    const { domain, remains, disks } = await look();
    assert.equal(remains.snapshots, 1);
    await assert.rejects(undefineWithVolumes(host, domain, 0, places(disks)), /snapshot/);
    assert.match(await kvm1.virsh('vol-list', 'images'), /doomed/);
    await undefineWithVolumes(
      host,
      domain,
      undefineFlags(remains, { nvram: false, tpm: false }),
      places(disks),
    );
    assert.doesNotMatch(await kvm1.virsh('vol-list', 'images'), /doomed/);
  });
});
