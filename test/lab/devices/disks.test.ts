import assert from 'node:assert/strict';
import { detachDevice, getDiskSizes } from '../../../src/libvirt/domainDevices.ts';
import { destroyDomain, resumeDomain, startDomain, suspendDomain } from '../../../src/libvirt/domains.ts';
import { readDisk } from '../../../src/libvirt/model/disk.ts';
import { DomainAffect } from '../../../src/libvirt/protocol/domainFlags.ts';
import { VolumeDelete } from '../../../src/libvirt/protocol/storageVolume.ts';
import { lookupPoolByName } from '../../../src/libvirt/storagePools.ts';
import { createVolume, deleteVolume, getVolumeInfo, lookupVolume } from '../../../src/libvirt/volumes.ts';
import { attachDisk, readDevices } from '../../../src/operations/devices/attachDisk.ts';
import { detachAndVerify } from '../../../src/operations/devices/detachDevice.ts';
import { deviceIn, type DomainPlace } from '../../../src/operations/devices/deviceChange.ts';
import { changeMedium } from '../../../src/operations/devices/changeMedium.ts';
import type { DiskDrive } from '../../../src/operations/devices/diskDrive.ts';
import { freePlace, type DiskBus } from '../../../src/operations/devices/diskPlaces.ts';
import { attachableVolume, type AttachableSource } from '../../../src/operations/devices/diskStorage.ts';
import type { Effect } from '../../../src/operations/devices/effect.ts';
import { setLimitsAndVerify } from '../../../src/operations/devices/ioLimits.ts';
import { readResizableDisk } from '../../../src/operations/devices/resizeDisk.ts';
import { escapeXml } from '../../../src/xml/writer.ts';
import { secretUuid } from '../../../tools/lab/domains.ts';
import type { LabHost } from '../../../tools/lab/host.ts';
import type { HostSession } from '../../../src/hosts/hostSession.ts';
import { labSession } from '../support/labSession.ts';
import { eventually } from '../support/eventually.ts';
import { sharedLab } from '../support/sharedLab.ts';
import { blockDevices, guestSays, placeOf, untilBooted } from './place.ts';

const MiB = 1024 ** 2;

describe('disks of a real domain', function () {
  this.timeout(60_000);
  let host: LabHost;
  let web1: DomainPlace;
  let cache1: DomainPlace;
  let session: HostSession;

  before(async () => {
    host = (await sharedLab()).host('kvm1');
    web1 = await placeOf(host, 'web1');
    cache1 = await placeOf(host, 'cache1');
    await untilBooted(host);
    session = await labSession(await sharedLab(), 'qemu+ssh://kvm1/system');
    await session.connect();
    const { connection } = web1;
    const xml = (name: string): string =>
      `<volume><name>${escapeXml(name)}</name><capacity unit='MiB'>64</capacity><target><format type='raw'/></target></volume>`;
    await createVolume(connection, await lookupPoolByName(connection, 'rbd-pool'), xml('spare'));
    const images = await lookupPoolByName(connection, 'images');
    await createVolume(connection, images, xml('spare.img'));
    await createVolume(connection, images, xml("ru's & <nasty> $(id).iso"));
  });

  after(async () => {
    const { connection, domain } = web1;
    const controller = `<controller type='scsi' index='0' model='virtio-scsi'/>`;
    await detachDevice(connection, domain, controller, DomainAffect.live);
    const rbd = await lookupPoolByName(connection, 'rbd-pool');
    const images = await lookupPoolByName(connection, 'images');
    await deleteVolume(connection, await lookupVolume(connection, rbd, 'spare'), VolumeDelete.normal);
    for (const name of ['spare.img', "ru's & <nasty> $(id).iso"])
      await deleteVolume(connection, await lookupVolume(connection, images, name));
    connection.dispose();
    cache1.connection.dispose();
    session.dispose();
  });

  const sourceOf = async (pool: string, volume: string): Promise<AttachableSource> => {
    const { connection } = web1;
    const ref = await lookupPoolByName(connection, pool);
    return (await attachableVolume(connection, ref, await lookupVolume(connection, ref, volume))).source;
  };

  const drive = async (
    place: DomainPlace,
    source: AttachableSource,
    bus: DiskBus,
    effect: Effect,
    more: Partial<DiskDrive> = {},
  ): Promise<DiskDrive> => ({
    device: 'disk',
    source,
    place: freePlace(bus, await readDevices(place, effect)),
    ...{ cache: undefined, discard: 'unmap', serial: undefined, readOnly: false, shareable: false },
    ...more,
  });

  it('are made of RBD volumes with every monitor and the login of the pool', async () => {
    const source = await sourceOf('rbd-pool', 'spare');
    assert.deepEqual(source, {
      ...{ kind: 'rbd', image: 'libvirt-pool/spare' },
      monitors: [{ name: '10.10.0.1', port: 6789 }],
      auth: { username: 'libvirt', secretUuid },
    });
  });

  it('are attached to the running domain and its definition, seen by the guest, and detached from both', async () => {
    const disk = await drive(web1, await sourceOf('rbd-pool', 'spare'), 'virtio', 'both', { serial: 'S-1' });
    assert.equal(disk.place.target, 'vdc');
    await attachDisk(web1, disk, 'both');
    assert.ok((await blockDevices(host, 'web1')).includes('vdc libvirt-pool/spare'));
    assert.ok((await blockDevices(host, 'web1', '--inactive')).includes('vdc libvirt-pool/spare'));
    assert.match(await guestSays(web1, 'cat /sys/block/vdc/size /sys/block/vdc/serial'), /131072\s+S-1/);
    assert.equal(await detachAndVerify(web1, { kind: 'disk', target: 'vdc' }, 'both'), 'both');
    for (const flags of [[], ['--inactive']])
      assert.doesNotMatch((await blockDevices(host, 'web1', ...flags)).join('\n'), /vdc/);
  });

  it('on SCSI come with a virtio controller, and find it the next time', async () => {
    const source = await sourceOf('rbd-pool', 'spare');
    const first = await drive(web1, source, 'scsi', 'live');
    assert.equal(first.place.target, 'sda');
    await attachDisk(web1, first, 'live');
    assert.match(await host.virsh('dumpxml', 'web1'), /type='scsi' index='0' model='virtio-scsi'/);
    const second = await drive(web1, await sourceOf('images', 'spare.img'), 'scsi', 'live');
    assert.deepEqual(second.place, {
      ...{ bus: 'scsi', target: 'sdb', controller: undefined },
      drive: { controller: 0, bus: 0, target: 0, unit: 1 },
    });
    await attachDisk(web1, second, 'live');
    assert.equal(await detachAndVerify(web1, { kind: 'disk', target: 'sdb' }, 'both'), 'live');
    await detachAndVerify(web1, { kind: 'disk', target: 'sda' }, 'live');
  });

  it('are refused in words: a name that is taken, SATA while it runs, an image that is not there', async () => {
    const source = await sourceOf('rbd-pool', 'spare');
    const taken = await drive(web1, source, 'virtio', 'live');
    await assert.rejects(attachDisk(web1, { ...taken, place: { ...taken.place, target: 'vda' } }, 'live'), {
      code: 'taken',
      message: 'vda was not attached to web1 on kvm1: It has a disk vda already.',
    });
    await assert.rejects(attachDisk(web1, await drive(web1, source, 'sata', 'live'), 'live'), {
      code: 'no-hotplug',
    });
    assert.ok(source.kind === 'rbd');
    const missing: AttachableSource = { ...source, image: 'libvirt-pool/nosuch' };
    await assert.rejects(attachDisk(web1, await drive(web1, missing, 'virtio', 'both'), 'both'), {
      code: 'missing-image',
      message: 'vdc was not attached to web1 on kvm1: Ceph has no image nosuch.',
    });
    const noFile: AttachableSource = { kind: 'file', path: '/no/such.img', format: 'raw' };
    await assert.rejects(attachDisk(web1, await drive(web1, noFile, 'virtio', 'live'), 'live'), {
      code: 'missing-image',
    });
    const wrong: AttachableSource = {
      kind: 'file',
      path: '/var/lib/libvirt/images/spare.img',
      format: 'qcow2',
    };
    await assert.rejects(attachDisk(web1, await drive(web1, wrong, 'virtio', 'live'), 'live'), {
      code: 'wrong-image',
    });
    const strange: AttachableSource = { ...source, auth: undefined };
    await assert.rejects(attachDisk(web1, await drive(web1, strange, 'virtio', 'live'), 'live'), {
      code: 'ceph-refuses',
    });
    const secretless: AttachableSource = {
      ...source,
      auth: { username: 'libvirt', secretUuid: '99999999-2222-4333-8444-555555555555' },
    };
    await assert.rejects(attachDisk(web1, await drive(web1, secretless, 'virtio', 'live'), 'live'), {
      code: 'secret',
    });
    assert.doesNotMatch((await blockDevices(host, 'web1', '--inactive')).join('\n'), /vdc/);
  });

  it('are kept by a guest that does not answer, and then not taken out of the definition', async () => {
    const disk = await drive(web1, await sourceOf('rbd-pool', 'spare'), 'virtio', 'both');
    await attachDisk(web1, disk, 'both');
    await eventually('the guest has vdc', async () =>
      (await guestSays(web1, 'ls /sys/block')).includes('vdc'),
    );
    await suspendDomain(web1.connection, web1.domain);
    try {
      await assert.rejects(detachAndVerify(web1, { kind: 'disk', target: 'vdc' }, 'both', { guestMs: 100 }), {
        code: 'guest-keeps-it',
      });
      assert.ok((await blockDevices(host, 'web1', '--inactive')).includes('vdc libvirt-pool/spare'));
    } finally {
      await resumeDomain(web1.connection, web1.domain);
    }
    await eventually('the guest lets go of vdc', async () => {
      return !(await blockDevices(host, 'web1')).includes('vdc libvirt-pool/spare');
    });
    assert.equal(await detachAndVerify(web1, { kind: 'disk', target: 'vdc' }, 'both'), 'next');
    await assert.rejects(detachAndVerify(web1, { kind: 'disk', target: 'vdc' }, 'both'), {
      code: 'no-such-device',
    });
  });

  it('grow while the domain runs, and as volumes when it is off', async () => {
    const disk = await drive(web1, await sourceOf('rbd-pool', 'spare'), 'virtio', 'live');
    await attachDisk(web1, disk, 'live');
    const element = await deviceIn(web1, { kind: 'disk', target: 'vdc' }, 'live');
    assert.ok(element);
    const site = { ...session.require(), domain: web1.domain };
    const live = await readResizableDisk(site, readDisk(element), true);
    assert.equal(live.capacity, 64 * MiB);
    await live.resize(96 * MiB);
    assert.equal((await getDiskSizes(web1.connection, web1.domain, 'vdc')).capacity, 96 * MiB);
    assert.match(await host.virsh('domblkinfo', 'web1', 'vdc'), /Capacity: +100663296/);
    await detachAndVerify(web1, { kind: 'disk', target: 'vdc' }, 'live');
    const offline = await readResizableDisk(site, readDisk(element), false);
    await offline.resize(128 * MiB);
    const pool = await lookupPoolByName(web1.connection, 'rbd-pool');
    const volume = await lookupVolume(web1.connection, pool, 'spare');
    assert.equal((await getVolumeInfo(web1.connection, volume)).capacity, 128 * MiB);
    await offline.resize(64 * MiB);
    assert.match(await host.run(['rbd', 'info', 'libvirt-pool/spare']), /size 64 MiB/);
  });

  it('are limited now and at the next start, and freed again', async () => {
    const limits = new Map([
      ['total_bytes_sec', 10 * MiB],
      ['total_bytes_sec_max', 20 * MiB],
      ['read_iops_sec', 500],
    ] as const);
    await setLimitsAndVerify(web1, 'vdb', limits, 'both');
    const told = await host.virsh('blkdeviotune', 'web1', 'vdb', '--config');
    assert.match(told, /total_bytes_sec: 10485760\n/);
    assert.match(told, /read_iops_sec *: 500\n/);
    assert.match(
      await host.virsh('blkdeviotune', 'web1', 'vdb', '--live'),
      /total_bytes_sec_max: 20971520\n/,
    );
    await setLimitsAndVerify(web1, 'vdb', new Map(), 'both');
    assert.match(await host.virsh('blkdeviotune', 'web1', 'vdb', '--live'), /total_bytes_sec: 0\n/);
    await assert.rejects(setLimitsAndVerify(web1, 'vdz', new Map(), 'both'));
  });

  describe('that are drives', () => {
    const hda = { kind: 'disk', target: 'hda' } as const;

    it('get another ISO, whatever its name, for the next start', async () => {
      const nasty = await sourceOf('images', "ru's & <nasty> $(id).iso");
      await changeMedium(cache1, hda, nasty, 'next');
      assert.ok(
        (await blockDevices(host, 'cache1')).includes("hda /var/lib/libvirt/images/ru's & <nasty> $(id).iso"),
      );
      await changeMedium(cache1, hda, undefined, 'next');
      assert.ok((await blockDevices(host, 'cache1')).includes('hda -'));
      await changeMedium(cache1, hda, await sourceOf('images', 'installer.iso'), 'next');
      assert.ok((await blockDevices(host, 'cache1')).includes('hda /var/lib/libvirt/images/installer.iso'));
    });

    it('get one while the domain runs, from RBD too, and are emptied', async () => {
      const { connection } = cache1;
      const domain = await startDomain(connection, cache1.domain);
      const place = { connection, domain };
      try {
        await changeMedium(place, hda, await sourceOf('rbd-pool', 'spare'), 'live');
        assert.ok((await blockDevices(host, 'cache1')).includes('hda libvirt-pool/spare'));
        await changeMedium(place, hda, undefined, 'live');
        assert.ok((await blockDevices(host, 'cache1')).includes('hda -'));
        await changeMedium(place, hda, await sourceOf('images', 'installer.iso'), 'both', { force: true });
        assert.ok((await blockDevices(host, 'cache1')).includes('hda /var/lib/libvirt/images/installer.iso'));
      } finally {
        await destroyDomain(connection, domain);
      }
    });
  });
});
