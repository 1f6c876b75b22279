import assert from 'node:assert/strict';
import { parseDomain } from '../../../../src/libvirt/model/domain.ts';
import {
  defaultMachine,
  offeredCpuModes,
  offeredFirmwares,
  offeredGraphics,
} from '../../../../src/operations/newDomain/defaults.ts';
import { newDomainXml } from '../../../../src/operations/newDomain/xml/domainElement.ts';
import { withoutInstaller } from '../../../../src/operations/newDomain/withoutInstaller.ts';
import { capabilities, cd, fileDisk, pcHost, rbdDisk, sample, systemNamed } from './samples.ts';

describe('the machine of a new domain', () => {
  it('runs in hardware with the host’s CPU, or emulated with all that QEMU has', async () => {
    assert.deepEqual(offeredCpuModes(await capabilities()), ['host-passthrough', 'host-model', 'maximum']);
    assert.deepEqual(offeredCpuModes(await capabilities({ virtType: 'qemu' })), ['maximum', 'host-model']);
  });

  it('has only firmware that the host offers', async () => {
    const of = async (offered: Parameters<typeof capabilities>[0]): Promise<readonly string[]> =>
      offeredFirmwares(await capabilities(offered));
    assert.deepEqual(await of({}), ['bios', 'uefi', 'secure-boot']);
    assert.deepEqual(await of({ secure: ['no'] }), ['bios', 'uefi']);
    assert.deepEqual(await of({ firmware: [] }), ['bios']);
    assert.deepEqual(await of({ firmware: ['efi'], secure: ['no'], architecture: 'aarch64' }), ['uefi']);
  });

  it('is what Windows 11 asks for, where the host has it', async () => {
    const windows = systemNamed('Windows 11');
    const machine = defaultMachine(windows, pcHost, await capabilities());
    assert.deepEqual([machine.firmware, machine.hasTpm], ['secure-boot', true]);
    const poor = await capabilities({ firmware: [], tpm: ['passthrough'] });
    const less = defaultMachine(windows, pcHost, poor);
    assert.deepEqual([less.firmware, less.hasTpm], ['bios', false]);
  });

  it('has the hyperv features that the host has, in hardware only, for Windows only', async () => {
    const of = async (name: string, virtType: string): Promise<readonly string[]> =>
      defaultMachine(systemNamed(name), pcHost, await capabilities({ virtType })).hyperv;
    assert.deepEqual(await of('Windows 10', 'kvm'), [
      'relaxed',
      'vapic',
      'spinlocks',
      'vpindex',
      'synic',
      'stimer',
    ]);
    assert.deepEqual(await of('Windows 10', 'qemu'), []);
    assert.deepEqual(await of('Debian 12', 'kvm'), []);
  });

  it('has SPICE only where QEMU has it', async () => {
    assert.deepEqual(offeredGraphics(await capabilities()), ['vnc', 'spice', 'none']);
    assert.deepEqual(offeredGraphics(await capabilities({ graphics: ['vnc'] })), ['vnc', 'none']);
  });
});

describe('the XML of a new domain', () => {
  it('names an RBD image with every monitor, its user and the secret by UUID, and frees what the guest frees', async () => {
    const [disk] = (await parseDomain(newDomainXml(await sample(systemNamed('Debian 12'))))).disks;
    assert.ok(disk?.source?.type === 'network');
    assert.deepEqual(
      disk.source.hosts.map(({ name }) => name),
      ['10.0.0.1', '10.0.0.2', 'fd00::3'],
    );
    assert.deepEqual(disk.source.auth, {
      username: 'libvirt',
      type: 'ceph',
      secret: { uuid: '3f2b1c9a-7d54-4e0b-9a16-5c8e2d7f4b60', usage: undefined },
    });
    assert.deepEqual(
      [disk.source.name, disk.format, disk.discard, disk.cache, disk.bootOrder],
      ['vms/tenant/web1', 'raw', 'unmap', 'writeback', 1],
    );
  });

  it('gives Windows devices that it has drivers for, until it gets virtio', async () => {
    const windows = await sample(systemNamed('Windows 10'), { disks: [rbdDisk, cd] });
    const devices = async (domain: typeof windows): Promise<readonly unknown[]> => {
      const { disks, interfaces } = await parseDomain(newDomainXml(domain));
      return [...disks.map(({ target, bus }) => `${target} ${bus ?? ''}`), interfaces[0]?.model];
    };
    assert.deepEqual(await devices(windows), ['sda sata', 'sdb sata', 'e1000e']);
    assert.deepEqual(await devices({ ...windows, hasVirtio: true }), ['vda virtio', 'sda sata', 'virtio']);
  });

  it('listens for viewers on the host itself only', async () => {
    const { graphics } = await parseDomain(newDomainXml(await sample(systemNamed('Debian 12'))));
    assert.deepEqual(
      graphics.map(({ type, listen, port }) => [type, listen, port]),
      [['vnc', '127.0.0.1', undefined]],
    );
  });

  it('has hostile names as data', async () => {
    const name = `a<b>&"c" 'd' ]]> $(reboot)`;
    const domain = await sample(systemNamed('Debian 12'), {
      name,
      disks: [{ ...fileDisk, source: { kind: 'file', path: `/pool/${name}`, format: 'raw' } }],
      network: { kind: 'bridge', name },
    });
    const model = await parseDomain(newDomainXml(domain));
    assert.deepEqual(
      [model.name, model.disks[0]?.source, model.interfaces[0]?.source],
      [name, { type: 'file', path: `/pool/${name}` }, name],
    );
  });

  it('boots an installer’s kernel once: then it ends, and the next start is from the disk', async () => {
    const kernel = { path: '/boot/k', initrd: '/boot/i', arguments: 'inst.repo=https://a/?b&c' };
    const xml = newDomainXml(await sample(systemNamed('Rocky Linux 9'), { kernel }));
    assert.match(xml, /<cmdline>inst.repo=https:\/\/a\/\?b&amp;c<\/cmdline>/);
    assert.match(xml, /<on_reboot>destroy</);
    const later = withoutInstaller(xml);
    assert.doesNotMatch(later, /kernel|initrd|cmdline/);
    assert.match(later, /<on_reboot>restart</);
    assert.equal((await parseDomain(later)).disks.length, 2);
  });
});
