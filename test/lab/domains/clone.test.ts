import assert from 'node:assert/strict';
import type { HostSession } from '../../../src/hosts/hostSession.ts';
import type { LibvirtMachine } from '../../../src/operations/volumes/cephClientOf.ts';
import { getDomainXml, lookupDomainByName } from '../../../src/libvirt/domains.ts';
import { parseDomain, type DomainModel } from '../../../src/libvirt/model/domain.ts';
import {
  proposeVolumeName,
  readClonableDisk,
  type DiskChoice,
} from '../../../src/operations/cloneDomain/clonableDisk.ts';
import {
  cloneDomain,
  type CloneOptions,
  type Cloned,
} from '../../../src/operations/cloneDomain/cloneDomain.ts';
import type { DiskOrder } from '../../../src/operations/cloneDomain/cloneDisk.ts';
import { readRemains, undefineFlags } from '../../../src/operations/domains/undefine/domainRemains.ts';
import { undefineWithVolumes } from '../../../src/operations/domains/undefine/undefineDomain.ts';
import type { LabHost } from '../../../tools/lab/host.ts';
import type { Lab } from '../../../tools/lab/lab.ts';
import { xml } from '../../../tools/lab/xml.ts';
import { connectTo } from '../libvirt/labConnection.ts';
import { labSession } from '../support/labSession.ts';
import { sharedLab } from '../support/sharedLab.ts';
import { defineScratch, forgetDomain, rbdDisk, scratchXml } from './scratchDomain.ts';

describe('cloning a domain', function () {
  this.timeout(60_000);
  let lab: Lab;
  let kvm1: LabHost;
  let session: HostSession;
  let host: LibvirtMachine;

  const rbd = (...args: readonly string[]): Promise<string> => lab.ceph.machine.run(['rbd', ...args]);
  const images = async (): Promise<readonly string[]> =>
    (await rbd('ls', lab.ceph.pool)).trim().split('\n').sort();

  before(async () => {
    lab = await sharedLab();
    kvm1 = lab.host('kvm1');
    session = await labSession(lab, 'qemu+ssh://kvm1/system');
    const { transport } = await session.connect();
    host = { connection: await connectTo(kvm1), transport };
  });

  after(() => {
    host.connection.dispose();
    session.dispose();
  });

  const clone = async (
    from: string,
    name: string,
    choose: (target: string) => DiskChoice,
    options: CloneOptions & { isOn: boolean },
  ): Promise<Cloned> => {
    const original = await lookupDomainByName(host.connection, from);
    const model = await parseDomain(await getDomainXml(host.connection, original, { inactive: true }));
    const disks = await Promise.all(
      model.disks.map(async (disk): Promise<DiskOrder> => {
        const clonable = await readClonableDisk(host, disk, options.isOn);
        const choice = choose(disk.target);
        assert.ok(clonable.choices.includes(choice), `${disk.target}: ${clonable.obstacle ?? ''}`);
        return {
          disk,
          source: clonable.source,
          choice,
          name: proposeVolumeName(clonable, choice, from, name),
        };
      }),
    );
    const order = { name, disks, copyNvram: true, usedMacs: new Set<string>() };
    return cloneDomain(host, original, order, options);
  };

  const modelOf = async (name: string): Promise<DomainModel> =>
    parseDomain(await kvm1.virsh('dumpxml', '--inactive', name));
  const sources = ({ disks }: DomainModel): readonly string[] =>
    disks.map(({ source }) =>
      source?.type === 'network' ? source.name : source?.type === 'file' ? source.path : '',
    );

  it('that runs from RBD: one disk overlaid, one copied, both of one moment', async () => {
    const before = await images();
    const { ref, notices } = await clone(
      'web1',
      'web2',
      (target) => (target === 'vda' ? 'overlay' : 'copy'),
      {
        isOn: true,
      },
    );
    assert.deepEqual(notices, []);
    const [original, cloned] = [await modelOf('web1'), await modelOf('web2')];
    assert.equal(cloned.uuid, ref.uuid);
    assert.notEqual(cloned.uuid, original.uuid);
    assert.notEqual(cloned.interfaces[0]?.mac, original.interfaces[0]?.mac);
    assert.deepEqual(sources(cloned), ['libvirt-pool/web2', 'libvirt-pool/web2-data']);
    assert.match(await kvm1.virsh('dumpxml', 'web2'), /<entry name='serial'>web2<[^]*web2-serial\.log/);
    assert.match(await rbd('info', 'libvirt-pool/web2'), /parent: libvirt-pool\/web1@clone-web2/);
    assert.doesNotMatch(await rbd('info', 'libvirt-pool/web2-data'), /parent:/);
    assert.equal((await rbd('snap', 'ls', 'libvirt-pool/web1-data')).trim(), '');
    assert.match(await kvm1.virsh('domstate', 'web1'), /running/);
    assert.match(await kvm1.virsh('vol-list', 'rbd-pool'), /web2-data/);
    await kvm1.virsh('start', 'web2');
    await forgetDomain(kvm1, 'web2');
    await rbd('rm', 'libvirt-pool/web2');
    await rbd('rm', 'libvirt-pool/web2-data');
    await rbd('snap', 'unprotect', 'libvirt-pool/web1@clone-web2');
    await rbd('snap', 'rm', 'libvirt-pool/web1@clone-web2');
    await kvm1.virsh('pool-refresh', 'rbd-pool');
    assert.deepEqual(await images(), before);
  });

  it('with a file: copied or overlaid, the medium stays', async () => {
    await clone('cache1', 'cache2', (target) => (target === 'hda' ? 'share' : 'copy'), { isOn: false });
    await clone('cache1', 'cache3', (target) => (target === 'hda' ? 'leave out' : 'overlay'), {
      isOn: false,
    });
    const folder = '/var/lib/libvirt/images';
    assert.deepEqual(sources(await modelOf('cache2')), [`${folder}/cache2.qcow2`, `${folder}/installer.iso`]);
    assert.deepEqual(sources(await modelOf('cache3')), [`${folder}/cache3.qcow2`]);
    assert.match(
      await kvm1.virsh('vol-dumpxml', 'cache3.qcow2', 'images'),
      /<path>\/var\/lib\/libvirt\/images\/cache1.qcow2/,
    );
    for (const name of ['cache2', 'cache3']) {
      await kvm1.virsh('start', name);
      await forgetDomain(kvm1, name);
      await kvm1.virsh('vol-delete', `${name}.qcow2`, 'images');
    }
  });

  it('with UEFI variables of its own, which go with it', async () => {
    const folder = '/var/lib/libvirt/qemu/nvram';
    const os = xml`<os><type arch='x86_64' machine='pc'>hvm</type>
      <loader readonly='yes' type='pflash'>/usr/share/none.fd</loader>
      <nvram template='/usr/share/none.vars.fd'>${folder}/efi_VARS.fd</nvram></os>`;
    await kvm1.machine.writeFile(`${folder}/efi_VARS.fd`, 'variables');
    await kvm1.virsh('define', await kvm1.writeXml('efi', scratchXml('efi', { os })));
    await clone('efi', 'efi2', () => 'copy', { isOn: false });
    assert.match(await kvm1.virsh('dumpxml', 'efi2'), /efi2_VARS\.fd<\/nvram>/);
    assert.equal(await kvm1.machine.readFile(`${folder}/efi2_VARS.fd`), 'variables');
    const ref = await lookupDomainByName(host.connection, 'efi2');
    const remains = await readRemains(host.connection, ref, await getDomainXml(host.connection, ref));
    assert.equal(remains.nvram, true);
    await undefineWithVolumes(host, ref, undefineFlags(remains, { nvram: true, tpm: false }), []);
    assert.equal((await kvm1.run(['ls', folder])).trim(), 'efi_VARS.fd');
    await forgetDomain(kvm1, 'efi');
  });

  it('that cannot be defined leaves nothing behind', async () => {
    const before = [
      await images(),
      await kvm1.virsh('vol-list', 'images'),
      await rbd('snap', 'ls', 'libvirt-pool/web1'),
    ];
    await assert.rejects(
      clone('web1', 'db1', (target) => (target === 'vda' ? 'overlay' : 'leave out'), { isOn: true }),
      /already exists/,
    );
    assert.doesNotMatch(await kvm1.virsh('vol-list', 'rbd-pool'), /db1-2/);
    assert.deepEqual(
      [await images(), await kvm1.virsh('vol-list', 'images'), await rbd('snap', 'ls', 'libvirt-pool/web1')],
      before,
    );
  });

  it('on a host without the program rbd: libvirt overlays its image', async () => {
    const bare = await lab.addHost({ name: 'bare' });
    try {
      await rbd('create', '--size', '8M', 'libvirt-pool/plain');
      await bare.virsh('pool-refresh', 'rbd-pool');
      await bare.run(['rm', '/usr/bin/rbd']);
      await defineScratch(bare, 'plain', { devices: [rbdDisk('plain', 'vda')] });
      const there = await labSession(lab, 'qemu+ssh://bare/system');
      const { transport } = await there.connect();
      const connection = await connectTo(bare);
      const machine = { connection, transport };
      const original = await lookupDomainByName(connection, 'plain');
      const model = await parseDomain(await getDomainXml(connection, original));
      const [clonable] = await Promise.all(model.disks.map((disk) => readClonableDisk(machine, disk, false)));
      assert.deepEqual(clonable?.choices, ['overlay', 'share', 'leave out']);
      const { disk, source } = clonable;
      await cloneDomain(machine, original, {
        name: 'plain2',
        disks: [{ disk, source, choice: 'overlay', name: 'plain2' }],
        copyNvram: false,
        usedMacs: new Set(),
      });
      assert.match(await bare.virsh('domblklist', 'plain2'), /vda\s+libvirt-pool\/plain2/);
      assert.match(await rbd('info', 'libvirt-pool/plain2'), /parent: libvirt-pool\/plain@/);
      connection.dispose();
      there.dispose();
    } finally {
      await lab.removeHost('bare');
      await rbd('rm', '--no-progress', 'libvirt-pool/plain2');
      const snapshot = /libvirt-\d+/.exec(await rbd('snap', 'ls', 'libvirt-pool/plain'))?.[0] ?? '';
      await rbd('snap', 'unprotect', `libvirt-pool/plain@${snapshot}`);
      await rbd('snap', 'purge', '--no-progress', 'libvirt-pool/plain');
      await rbd('rm', '--no-progress', 'libvirt-pool/plain');
    }
  });

  it('that is cancelled half-way leaves nothing behind', async () => {
    const before = await images();
    const abort = new AbortController();
    await assert.rejects(
      clone('web1', 'web3', () => 'overlay', {
        isOn: true,
        signal: abort.signal,
        report: ({ message }) => {
          if (message?.startsWith('vdb')) abort.abort();
        },
      }),
      { code: 'cancelled' },
    );
    assert.deepEqual(await images(), before);
    assert.equal((await rbd('snap', 'ls', 'libvirt-pool/web1')).trim(), '');
    assert.match(await kvm1.virsh('domstate', 'web1'), /running/);
  });
});
