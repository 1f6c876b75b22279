import assert from 'node:assert/strict';
import type { ReportProgress } from '../../../src/base/progress.ts';
import { CancelledError } from '../../../src/base/errors.ts';
import { getBlockJob } from '../../../src/libvirt/blockJobs.ts';
import { destroyDomain, startDomain } from '../../../src/libvirt/domains.ts';
import { readDisk, type DomainDisk } from '../../../src/libvirt/model/disk.ts';
import { DomainCreate } from '../../../src/libvirt/protocol/domainFlags.ts';
import { lookupPoolByName } from '../../../src/libvirt/storagePools.ts';
import { createVolume, lookupVolume } from '../../../src/libvirt/volumes.ts';
import { copyDisk, switchToCopy } from '../../../src/operations/blockJobs/copyDisk.ts';
import { endJob } from '../../../src/operations/blockJobs/followBlockJob.ts';
import { commitImages, pullImages } from '../../../src/operations/blockJobs/mergeImages.ts';
import { deviceIn, type DomainPlace } from '../../../src/operations/devices/deviceChange.ts';
import { attachableVolume, type AttachableSource } from '../../../src/operations/devices/diskStorage.ts';
import type { LabHost } from '../../../tools/lab/host.ts';
import { sharedLab } from '../support/sharedLab.ts';
import { blockDevices, placeOf } from './place.ts';

const folder = '/var/lib/libvirt/images';
const original = `${folder}/cache1.qcow2`;

describe('jobs on the disks of a real domain', function () {
  this.timeout(60_000);
  let host: LabHost;
  let cache1: DomainPlace;

  before(async () => {
    host = (await sharedLab()).host('kvm1');
    const { connection, domain } = await placeOf(host, 'cache1');
    cache1 = { connection, domain: await startDomain(connection, domain, DomainCreate.paused) };
  });

  after(async () => {
    const { connection, domain } = cache1;
    await destroyDomain(connection, domain);
    connection.dispose();
    assert.deepEqual((await blockDevices(host, 'cache1'))[0], `vda ${original}`);
    await host.run(['sh', '-c', `rm -f ${folder}/cache1.copy.qcow2 ${folder}/cache1.layer*`]);
    await host.run(['rbd', 'rm', '--no-progress', 'libvirt-pool/cache1-copy']);
    await host.virsh('pool-refresh', 'rbd-pool');
    await host.virsh('pool-refresh', 'images');
  });

  const disk = async (): Promise<DomainDisk> => {
    const element = await deviceIn(cache1, { kind: 'disk', target: 'vda' }, 'live');
    assert.ok(element);
    return readDisk(element);
  };

  /** The files of the disk's chain, the disk's own first. */
  const chain = async (): Promise<readonly string[]> => {
    const { source, backing } = await disk();
    return [source, ...backing.map((image) => image.source)].map((one) =>
      one?.type === 'file' ? one.path.slice(folder.length + 1) : (one?.type ?? 'none'),
    );
  };

  /** Puts an overlay over the disk, as an external snapshot does. */
  const overlay = async (name: string): Promise<void> => {
    await host.virsh(
      ...['snapshot-create-as', 'cache1', name, '--disk-only', '--no-metadata'],
      ...['--diskspec', `vda,file=${folder}/cache1.${name}`, '--diskspec', 'hda,snapshot=no'],
    );
  };

  const rbdVolume = async (): Promise<AttachableSource> => {
    const { connection } = cache1;
    const pool = await lookupPoolByName(connection, 'rbd-pool');
    await createVolume(
      connection,
      pool,
      `<volume><name>cache1-copy</name><capacity unit='GiB'>8</capacity></volume>`,
    );
    const volume = await lookupVolume(connection, pool, 'cache1-copy');
    return (await attachableVolume(connection, pool, volume)).source;
  };

  it('copy it to RBD and let the domain go on there, now and at its next start, and back to a file', async () => {
    const copy = await rbdVolume();
    await copyDisk(cache1, { target: 'vda', destination: copy, exists: true, bandwidth: 0 });
    assert.match(await host.virsh('blockjob', 'cache1', 'vda', '--raw'), /type=Block Copy/);
    await switchToCopy(cache1, 'vda', copy);
    assert.equal((await blockDevices(host, 'cache1'))[0], 'vda libvirt-pool/cache1-copy');
    assert.equal((await blockDevices(host, 'cache1', '--inactive'))[0], 'vda libvirt-pool/cache1-copy');
    const back: AttachableSource = { kind: 'file', path: original, format: 'qcow2' };
    await copyDisk(cache1, { target: 'vda', destination: back, exists: true, bandwidth: 0 });
    await switchToCopy(cache1, 'vda', back);
    assert.equal((await blockDevices(host, 'cache1', '--inactive'))[0], `vda ${original}`);
  });

  it('are cancelled, and the disk is as before', async () => {
    const abort = new AbortController();
    const destination: AttachableSource = {
      ...{ kind: 'file', path: `${folder}/cache1.copy.qcow2`, format: 'qcow2' },
    };
    abort.abort();
    await assert.rejects(
      copyDisk(cache1, {
        ...{ target: 'vda', destination, exists: false, bandwidth: 1, signal: abort.signal },
      }),
      CancelledError,
    );
    assert.equal(await getBlockJob(cache1.connection, cache1.domain, 'vda'), undefined);
    assert.deepEqual(await chain(), ['cache1.qcow2']);
  });

  it('are cancelled on the way, and the guest goes on with its disk', async () => {
    const web1 = await placeOf(host, 'web1');
    const abort = new AbortController();
    const destination: AttachableSource = { kind: 'file', path: `${folder}/cache1.layer0`, format: 'raw' };
    const seen: (number | undefined)[] = [];
    const report: ReportProgress = ({ fraction }) => {
      seen.push(fraction);
      abort.abort();
    };
    const { signal } = abort;
    try {
      await assert.rejects(
        copyDisk(web1, { target: 'vda', destination, exists: false, bandwidth: 65_536, signal, report }),
        CancelledError,
      );
      assert.equal(seen.length, 1);
      assert.ok((seen[0] ?? 1) < 1, `${seen[0]}`);
      assert.equal(await getBlockJob(web1.connection, web1.domain, 'vda'), undefined);
      assert.equal((await blockDevices(host, 'web1'))[0], 'vda libvirt-pool/web1');
    } finally {
      web1.connection.dispose();
    }
  });

  it('are one at a time on a disk', async () => {
    const destination: AttachableSource = {
      ...{ kind: 'file', path: `${folder}/cache1.copy.qcow2`, format: 'qcow2' },
    };
    const copy = { target: 'vda', destination, exists: false, bandwidth: 0 };
    await copyDisk(cache1, copy);
    await assert.rejects(copyDisk(cache1, copy), { code: 'job-runs' });
    assert.equal((await disk()).mirror?.ready, true);
    await endJob(cache1, 'vda');
    await endJob(cache1, 'vda');
    assert.deepEqual(await chain(), ['cache1.qcow2']);
  });

  it('merge overlays downwards: one in the middle, then the one in use', async () => {
    await overlay('layer1');
    await overlay('layer2');
    assert.deepEqual(await chain(), ['cache1.layer2', 'cache1.layer1', 'cache1.qcow2']);
    const [middle, base] = (await disk()).backing;
    assert.ok(middle && base);
    await commitImages(cache1, await disk(), { base, top: middle, bandwidth: 0 });
    assert.deepEqual(await chain(), ['cache1.layer2', 'cache1.qcow2']);
    const [left] = (await disk()).backing;
    assert.ok(left);
    await commitImages(cache1, await disk(), { base: left, top: undefined, bandwidth: 0 });
    assert.deepEqual(await chain(), ['cache1.qcow2']);
    assert.equal((await blockDevices(host, 'cache1', '--inactive'))[0], `vda ${original}`);
  });

  it('pull what is below into the disk: down to an image, or all', async () => {
    for (const name of ['layer3', 'layer4', 'layer5']) await overlay(name);
    const base = (await disk()).backing.at(-1);
    await pullImages(cache1, await disk(), { base, bandwidth: 0 });
    assert.deepEqual(await chain(), ['cache1.layer5', 'cache1.qcow2']);
    await pullImages(cache1, await disk(), { base: undefined, bandwidth: 0 });
    assert.deepEqual(await chain(), ['cache1.layer5']);
    const back: AttachableSource = { kind: 'file', path: original, format: 'qcow2' };
    await copyDisk(cache1, { target: 'vda', destination: back, exists: true, bandwidth: 0 });
    await switchToCopy(cache1, 'vda', back);
  });
});
