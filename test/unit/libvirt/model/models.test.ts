import assert from 'node:assert/strict';
import { parseDomain } from '../../../../src/libvirt/model/domain.ts';
import { parseNetwork, parseNetworkPort } from '../../../../src/libvirt/model/network.ts';
import { sizeInBytes } from '../../../../src/base/sizes.ts';
import { parseSecret } from '../../../../src/libvirt/model/secret.ts';
import { parsePool } from '../../../../src/libvirt/model/storagePool.ts';
import { parseRbdName } from '../../../../src/libvirt/model/storageSource.ts';
import { parseVolume } from '../../../../src/libvirt/model/volume.ts';

const uuid = '11111111-2222-4333-8444-555555555555';

const domainWith = (devices: string): string => `<domain type='kvm' id='3'>
  <name>web &amp; shop</name><uuid>f7f8c9a6-dd5d-4b09-bddf-090d797bd4b7</uuid>
  <title>The shop</title>
  <memory unit='KiB'>4194304</memory><currentMemory unit='KiB'>2097152</currentMemory>
  <vcpu placement='static' current='1'>4</vcpu>
  <os><type arch='x86_64' machine='pc-q35-7.2'>hvm</type></os>
  <devices><emulator>/usr/bin/qemu-system-x86_64</emulator>${devices}</devices>
</domain>`;

describe('the model of a domain', () => {
  it('has what it is', async () => {
    const model = await parseDomain(domainWith(''));
    assert.deepEqual(model, {
      ...{ type: 'kvm', name: 'web & shop', uuid: 'f7f8c9a6-dd5d-4b09-bddf-090d797bd4b7', title: 'The shop' },
      ...{ description: undefined, memoryKiB: 4_194_304, currentMemoryKiB: 2_097_152, vcpus: 4 },
      ...{ osType: 'hvm', arch: 'x86_64', machine: 'pc-q35-7.2', emulator: '/usr/bin/qemu-system-x86_64' },
      ...{
        disks: [],
        interfaces: [],
        hostDevices: [],
        controllers: [],
        graphics: [],
        consoles: [],
        serials: [],
        hasGuestAgent: false,
      },
    });
  });

  it('has disks of every kind', async () => {
    const { disks } = await parseDomain(
      domainWith(`
    <disk type='file' device='disk'><driver name='qemu' type='qcow2' cache='none' discard='unmap'/>
      <source file='/a.qcow2'/><target dev='vda' bus='virtio'/><boot order='1'/><serial>S1</serial>
      <alias name='virtio-disk0'/></disk>
    <disk type='block' device='lun'><source dev='/dev/sdb'/><target dev='sda' bus='scsi'/><shareable/></disk>
    <disk type='volume' device='disk'><source pool='p' volume='v'/><target dev='vdb'/></disk>
    <disk type='file' device='cdrom'><target dev='hdc' bus='ide'/><readonly/></disk>
    <disk type='nvme' device='disk'><source type='pci'/><target dev='vdc'/></disk>
    <disk device='disk'><source file='/default-type'/><target dev='vdd'/></disk>`),
    );
    assert.deepEqual(
      disks.map(({ target, source }) => [target, source]),
      [
        ['vda', { type: 'file', path: '/a.qcow2' }],
        ['sda', { type: 'block', path: '/dev/sdb' }],
        ['vdb', { type: 'volume', pool: 'p', volume: 'v' }],
        ['hdc', undefined],
        ['vdc', { type: 'other', name: 'nvme' }],
        ['vdd', { type: 'file', path: '/default-type' }],
      ],
    );
    const [first, second, , fourth] = disks;
    assert.deepEqual(first, {
      ...{ device: 'disk', target: 'vda', bus: 'virtio', source: { type: 'file', path: '/a.qcow2' } },
      ...{ format: 'qcow2', cache: 'none', discard: 'unmap', readOnly: false, shareable: false },
      ...{ serial: 'S1', bootOrder: 1, alias: 'virtio-disk0' },
      ...{ drive: undefined, backing: [], mirror: undefined, limits: new Map() },
    });
    assert.equal(second?.shareable, true);
    assert.equal(fourth?.readOnly, true);
  });

  const rbd = (before: string, inside: string): string =>
    domainWith(`<disk type='network' device='disk'>${before}
      <source protocol='rbd' name='libvirt-pool/vm1'>${inside}</source><target dev='vda' bus='virtio'/></disk>`);
  const auth = `<auth username='libvirt'><secret type='ceph' uuid='${uuid}'/></auth>`;
  const ceph = { username: 'libvirt', type: 'ceph', secret: { uuid, usage: undefined } };
  const plain = {
    ...{ type: 'network', protocol: 'rbd', name: 'libvirt-pool/vm1', hosts: [] },
    ...{ auth: undefined, snapshot: undefined, configFile: undefined },
  };

  const sources: readonly (readonly [what: string, xml: string, expected: object])[] = [
    ['with nothing but a name', rbd('', ''), plain],
    ['with its login at the disk', rbd(auth, ''), { ...plain, auth: ceph }],
    ['with its login at the source', rbd('', auth), { ...plain, auth: ceph }],
    [
      'with a secret by its usage',
      rbd('', `<auth username='u'><secret type='ceph' usage='client.u'/></auth>`),
      { ...plain, auth: { username: 'u', type: 'ceph', secret: { uuid: undefined, usage: 'client.u' } } },
    ],
    [
      'with several monitors, some without a port',
      rbd('', `<host name='mon1'/><host name='fd00::2' port='6789'/><host name='mon3' port=''/>`),
      {
        ...plain,
        hosts: [
          { name: 'mon1', port: undefined },
          { name: 'fd00::2', port: 6789 },
          { name: 'mon3', port: undefined },
        ],
      },
    ],
    [
      'with a snapshot and a configuration file',
      rbd('', `<snapshot name='before'/><config file='/etc/ceph/other.conf'/>`),
      { ...plain, snapshot: 'before', configFile: '/etc/ceph/other.conf' },
    ],
  ];
  for (const [what, xml, expected] of sources)
    it(`has an RBD disk ${what}`, async () => {
      assert.deepEqual((await parseDomain(xml)).disks[0]?.source, expected);
    });

  it('has network cards, graphics, consoles and the guest agent', async () => {
    const model = await parseDomain(
      domainWith(`
    <interface type='network'><mac address='52:54:00:00:00:01'/><source network='default' bridge='virbr0'/>
      <target dev='vnet0'/><model type='virtio'/><alias name='net0'/></interface>
    <interface type='bridge'><source bridge='br0'/></interface>
    <interface type='direct'><source dev='eth0' mode='bridge'/></interface>
    <interface type='user'/>
    <graphics type='vnc' port='-1' autoport='yes' listen='127.0.0.1'/>
    <graphics type='spice' port='5901' tlsPort='5902'><listen type='address' address='0.0.0.0'/></graphics>
    <graphics type='vnc' socket='/run/vnc'/>
    <serial type='pty'><target type='isa-serial' port='0'/><alias name='serial0'/></serial>
    <console type='pty'><target type='virtio' port='1'/></console>
    <channel type='unix'><target type='virtio' name='org.qemu.guest_agent.0'/></channel>`),
    );
    assert.deepEqual(
      model.interfaces.map(({ type, source }) => [type, source]),
      [
        ['network', 'default'],
        ['bridge', 'br0'],
        ['direct', 'eth0'],
        ['user', undefined],
      ],
    );
    assert.deepEqual(model.interfaces[0], {
      ...{ type: 'network', source: 'default', mac: '52:54:00:00:00:01', model: 'virtio' },
      ...{ target: 'vnet0', alias: 'net0', portgroup: undefined, link: 'up' },
      ...{ inboundKiB: undefined, outboundKiB: undefined },
    });
    assert.deepEqual(model.graphics, [
      { type: 'vnc', port: undefined, tlsPort: undefined, listen: '127.0.0.1', socket: undefined },
      { type: 'spice', port: 5901, tlsPort: 5902, listen: '0.0.0.0', socket: undefined },
      { type: 'vnc', port: undefined, tlsPort: undefined, listen: undefined, socket: '/run/vnc' },
    ]);
    assert.deepEqual(model.serials, [{ type: 'pty', targetType: 'isa-serial', port: 0, alias: 'serial0' }]);
    assert.deepEqual(model.consoles, [{ type: 'pty', targetType: 'virtio', port: 1, alias: undefined }]);
    assert.equal(model.hasGuestAgent, true);
  });

  it('takes a document that leaves out everything', async () => {
    const { name, memoryKiB, vcpus, disks } = await parseDomain('<domain/>');
    assert.deepEqual([name, memoryKiB, vcpus, disks], ['', 0, 1, []]);
  });

  it('does not mistake the elements of other namespaces for libvirt’s', async () => {
    const xml = domainWith(`<q:disk type='file' xmlns:q='urn:q'><q:source file='/x'/></q:disk>`);
    assert.deepEqual((await parseDomain(xml)).disks, []);
  });
});

describe('the model of a storage pool', () => {
  it('of type rbd has monitors, login and settings', async () => {
    const model =
      await parsePool(`<pool type='rbd' xmlns:rbd='http://libvirt.org/schemas/storagepool/rbd/1.0'>
  <name>rbd-pool</name><uuid>${uuid}</uuid>
  <capacity unit='bytes'>8589934592</capacity><allocation unit='bytes'>19</allocation>
  <available unit='bytes'>8589914112</available>
  <source><host name='mon1' port='6789'/><host name='mon2'/><name>libvirt-pool</name>
    <auth type='ceph' username='libvirt'><secret uuid='${uuid}'/></auth></source>
  <rbd:config_opts><rbd:option name='client_mount_timeout' value='45'/></rbd:config_opts>
</pool>`);
    assert.deepEqual(model, {
      ...{ type: 'rbd', name: 'rbd-pool', uuid, capacity: 8_589_934_592, allocation: 19 },
      ...{ available: 8_589_914_112, sourceName: 'libvirt-pool', devices: [], directory: undefined },
      hosts: [
        { name: 'mon1', port: 6789 },
        { name: 'mon2', port: undefined },
      ],
      auth: { username: 'libvirt', type: 'ceph', secret: { uuid, usage: undefined } },
      ...{
        format: undefined,
        configOptions: new Map([['client_mount_timeout', '45']]),
        targetPath: undefined,
      },
    });
  });

  it('of other types has devices, directory and target', async () => {
    const logical = await parsePool(`<pool type='logical'><name>vg</name><source>
      <device path='/dev/sda'/><device path='/dev/sdb'/><name>vg0</name><format type='lvm2'/></source>
      <target><path>/dev/vg0</path></target></pool>`);
    assert.deepEqual(logical.devices, ['/dev/sda', '/dev/sdb']);
    assert.deepEqual([logical.format, logical.targetPath, logical.capacity], ['lvm2', '/dev/vg0', undefined]);
    const nfs = await parsePool(
      `<pool type='netfs'><source><host name='nas'/><dir path='/export'/></source></pool>`,
    );
    assert.deepEqual([nfs.directory, nfs.hosts[0]?.name, nfs.auth], ['/export', 'nas', undefined]);
  });
});

describe('the models of the rest', () => {
  it('a volume', async () => {
    assert.deepEqual(
      await parseVolume(`<volume type='network'><name>vm1</name><key>libvirt-pool/vm1</key>
        <capacity unit='GiB'>16</capacity><allocation unit='bytes'>0</allocation>
        <target><path>libvirt-pool/vm1</path><format type='raw'/></target>
        <backingStore><path>libvirt-pool/base</path></backingStore></volume>`),
      {
        ...{ name: 'vm1', key: 'libvirt-pool/vm1', type: 'network', capacity: 17_179_869_184, allocation: 0 },
        ...{ path: 'libvirt-pool/vm1', format: 'raw', backing: 'libvirt-pool/base' },
        ...{
          backingFormat: undefined,
          physical: undefined,
          encryption: undefined,
          encryptionSecret: undefined,
        },
      },
    );
  });

  it('a secret', async () => {
    assert.deepEqual(
      await parseSecret(`<secret ephemeral='no' private='yes'><uuid>${uuid}</uuid><description>key</description>
        <usage type='ceph'><name>client.libvirt secret</name></usage></secret>`),
      {
        ...{ uuid, description: 'key', ephemeral: false, private: true },
        ...{ usageType: 'ceph', usage: 'client.libvirt secret' },
      },
    );
    const iscsi = await parseSecret(`<secret><usage type='iscsi'><target>t</target></usage></secret>`);
    const volume = await parseSecret(`<secret><usage type='volume'><volume>/v</volume></usage></secret>`);
    assert.deepEqual(
      [iscsi.usage, volume.usage, (await parseSecret('<secret/>')).usage],
      ['t', '/v', undefined],
    );
  });

  it('a network', async () => {
    assert.deepEqual(
      await parseNetwork(`<network connections='1'><name>default</name><uuid>${uuid}</uuid>
        <forward dev='eth0' mode='nat'><nat><port start='1024' end='65535'/></nat><interface dev='eth0'/></forward>
        <bridge name='virbr0' stp='on' delay='0'/><mtu size='9000'/><mac address='52:54:00:00:00:02'/>
        <domain name='lab'/><dns><host ip='192.168.122.9'><hostname>n</hostname><hostname>m</hostname></host></dns>
        <ip address='192.168.122.1' netmask='255.255.255.0'><dhcp><range start='a' end='b'/>
          <host mac='52:54:00:00:00:03' name='web1' ip='192.168.122.7'/></dhcp></ip>
        <ip family='ipv6' address='fd00::1' prefix='64'/><portgroup name='web'/></network>`),
      {
        ...{ name: 'default', uuid, title: undefined, bridge: 'virbr0' },
        ...{ forwardMode: 'nat', forwardDevice: 'eth0', forwardInterfaces: ['eth0'] },
        ...{ mac: '52:54:00:00:00:02', mtu: 9000, dnsDomain: 'lab', portgroups: ['web'] },
        dnsHosts: [{ ip: '192.168.122.9', names: ['n', 'm'] }],
        addresses: [
          {
            ...{ family: 'ipv4', address: '192.168.122.1', prefix: undefined, netmask: '255.255.255.0' },
            ...{ dhcp: true, ranges: [{ start: 'a', end: 'b' }] },
            hosts: [{ mac: '52:54:00:00:00:03', id: undefined, name: 'web1', ip: '192.168.122.7' }],
          },
          {
            ...{ family: 'ipv6', address: 'fd00::1', prefix: 64, netmask: undefined },
            ...{ dhcp: false, ranges: [], hosts: [] },
          },
        ],
      },
    );
    assert.equal((await parseNetwork('<network/>')).forwardMode, undefined);
    assert.equal((await parseNetwork('<network><forward/></network>')).forwardMode, 'nat');
  });

  it('who is plugged into a network', async () => {
    assert.deepEqual(
      await parseNetworkPort(`<networkport><uuid>${uuid}</uuid><owner><name>web1</name><uuid>u</uuid></owner>
        <mac address='52:54:00:00:00:03'/><plug type='network' bridge='virbr0'/></networkport>`),
      { owner: { name: 'web1', uuid: 'u' }, mac: '52:54:00:00:00:03' },
    );
  });
});

describe('sizes', () => {
  for (const [text, unit, bytes] of [
    ['5', 'bytes', 5],
    ['5', 'b', 5],
    ['2', 'KiB', 2048],
    ['2', 'k', 2048],
    ['2', 'K', 2048],
    ['2', 'KB', 2000],
    ['3', 'MiB', 3 * 1024 ** 2],
    ['3', 'MB', 3e6],
    ['1', 'G', 1024 ** 3],
    ['1', 'TiB', 1024 ** 4],
    ['1', 'PB', 1e15],
    ['1', 'parsec', undefined],
    ['-1', 'KiB', undefined],
    ['1.5', 'KiB', undefined],
    ['', 'KiB', undefined],
  ] as const)
    it(`${text} ${unit} is ${bytes}`, () => {
      assert.equal(sizeInBytes(text, unit), bytes);
    });
});

describe('the name of an RBD image', () => {
  for (const [name, expected] of [
    ['pool/image', { pool: 'pool', namespace: undefined, image: 'image' }],
    ['pool/ns/image', { pool: 'pool', namespace: 'ns', image: 'image' }],
    ['image', undefined],
    ['pool/', undefined],
    ['/image', undefined],
    ['a/b/c/d', undefined],
  ] as const)
    it(`"${name}"`, () => {
      assert.deepEqual(parseRbdName(name), expected);
    });
});
