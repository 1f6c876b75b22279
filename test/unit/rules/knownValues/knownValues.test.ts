import assert from 'node:assert/strict';
import type { HostKnowledge } from '../../../../src/rules/hostKnowledge.ts';
import { knownValues } from '../../../../src/rules/knownValues/knownValues.ts';
import { viewOf } from '../../../../src/xml/completion/elementView.ts';
import type { KnownValues } from '../../../../src/xml/completion/knownValues.ts';
import { placeAt } from '../../../../src/xml/queries.ts';
import { scan } from '../../../../src/xml/scanner/scan.ts';

const kind = { architecture: 'x86_64', machine: 'q35', virtType: 'kvm', emulator: undefined };

const host: HostKnowledge = {
  hostName: 'kvm1',
  rbdPools: [
    {
      name: 'ceph',
      cephPool: 'libvirt-pool',
      hosts: [
        { name: 'mon1', port: 3300 },
        { name: 'mon2', port: 6789 },
      ],
      auth: { username: 'libvirt', secret: { uuid: '11111111-1111-1111-1111-111111111111' } },
    },
    { name: 'other', cephPool: 'ssd', hosts: [{ name: 'mon9' }], auth: undefined },
  ],
  secrets: [
    {
      uuid: '11111111-1111-1111-1111-111111111111',
      usageType: 'ceph',
      usageId: 'client.libvirt',
      hasValue: false,
    },
    { uuid: '22222222-2222-2222-2222-222222222222', usageType: 'volume', usageId: '/luks' },
  ],
  pools: [
    { name: 'ceph', uuid: '1', type: 'rbd', isActive: true },
    { name: 'images', uuid: '2', type: 'dir', isActive: false },
  ],
  volumes: [
    { pool: 'ceph', name: 'vm1', path: 'libvirt-pool/vm1' },
    { pool: 'images', name: 'a.qcow2', path: '/images/a.qcow2' },
  ],
  networks: [{ name: 'default', uuid: '3', isActive: true, bridge: 'virbr0', portgroups: ['web'] }],
  bridges: ['br0', 'virbr0'],
  nwfilters: ['clean-traffic'],
  domains: [{ name: 'vm1', uuid: '4', isActive: true, macs: ['52:54:00:00:00:01'], disks: [] }],
  guests: [
    {
      architecture: 'x86_64',
      osType: 'hvm',
      virtTypes: ['qemu', 'kvm'],
      emulator: '/usr/bin/qemu-system-x86_64',
      machines: ['pc-q35-7.2', 'q35'],
      aliases: new Map([['q35', 'pc-q35-7.2']]),
    },
    {
      architecture: 'aarch64',
      osType: 'hvm',
      virtTypes: ['qemu'],
      emulator: '/usr/bin/qemu-system-aarch64',
      machines: ['virt'],
      aliases: new Map(),
    },
  ],
  domainCapabilities: [
    {
      emulator: '/usr/bin/qemu-system-x86_64',
      architecture: 'x86_64',
      kinds: [kind],
      machine: 'pc-q35-7.2',
      virtType: 'kvm',
      maxVcpus: 8,
      cpuModels: { usable: ['Haswell'], unusable: ['EPYC'] },
      firmwareLoaders: ['/usr/share/OVMF/OVMF_CODE.fd'],
      values: new Map([
        ['disk/target@bus', ['virtio', 'sata']],
        ['hostdev[@mode=subsystem]@type', ['pci']],
        ['console@type', ['pty']],
      ]),
    },
  ],
};

/** What is known where the `|` is: in an attribute's value, or in the text of an element. */
function known(withCursor: string, knowledge: HostKnowledge | 'no host' = host): KnownValues | undefined {
  const offset = withCursor.indexOf('|');
  const document = scan(withCursor.replace('|', ''));
  const source = knownValues(knowledge === 'no host' ? undefined : knowledge);
  const place = placeAt(document, offset);
  if (place.part === 'attribute-value') {
    return source({
      document,
      element: viewOf(place.node),
      attribute: place.attribute.name,
    });
  }
  assert.ok(place.part === 'content' && place.node?.kind === 'element');
  return source({ document, element: viewOf(place.node), attribute: undefined });
}

const valuesAt = (withCursor: string): readonly string[] | undefined =>
  known(withCursor)?.values.map(({ value }) => value);

const detailsAt = (withCursor: string): readonly string[] | undefined =>
  known(withCursor)?.values.map(({ detail }) => detail);

const domain = (devices: string): string =>
  `<domain type='kvm'><os><type arch='x86_64' machine='q35'>hvm</type></os><devices>${devices}</devices></domain>`;

describe('values that are known for completion', () => {
  it('are the pools of the host and the volumes of the pool', () => {
    assert.deepEqual(valuesAt(`<disk type='volume'><source pool='|'/></disk>`), ['ceph', 'images']);
    assert.deepEqual(detailsAt(`<disk type='volume'><source pool='|'/></disk>`), [
      'storage pool, rbd',
      'storage pool, dir, not active',
    ]);
    assert.deepEqual(valuesAt(`<disk><source pool='images' volume='|'/></disk>`), ['a.qcow2']);
  });

  it('are the RBD images, and the monitors and user of the pool that the image is in', () => {
    const source = (inner: string): string => `<disk type='network'>${inner}</disk>`;
    assert.deepEqual(valuesAt(source(`<source protocol='rbd' name='|'/>`)), ['libvirt-pool/vm1']);
    assert.equal(valuesAt(source(`<source protocol='nbd' name='|'/>`)), undefined);
    const hosts = `<source protocol='rbd' name='libvirt-pool/x'><host name='mon1'/><host name='|'/></source>`;
    assert.deepEqual(valuesAt(source(hosts)), ['mon2']);
    const port = `<source protocol='rbd' name='libvirt-pool/x'><host name='mon2' port='|'/></source>`;
    assert.deepEqual(valuesAt(source(port)), ['6789']);
    const user = `<auth username='|'/><source protocol='rbd' name='libvirt-pool/x'/>`;
    assert.deepEqual(valuesAt(source(user)), ['libvirt']);
  });

  it('are the monitors and Ceph pools for an RBD pool', () => {
    assert.deepEqual(valuesAt(`<pool type='rbd'><source><name>|</name></source></pool>`), [
      'libvirt-pool',
      'ssd',
    ]);
    const host = `<pool type='rbd'><source><name>ssd</name><host name='|'/></source></pool>`;
    assert.deepEqual(valuesAt(host), ['mon9']);
  });

  it('are the secrets that fit the use', () => {
    const secret = (attributes: string): string => `<auth><secret ${attributes}/></auth>`;
    assert.deepEqual(detailsAt(secret(`type='ceph' uuid='|'`)), [
      'secret, ceph: client.libvirt, has no value',
    ]);
    assert.deepEqual(valuesAt(secret(`type='ceph' usage='|'`)), ['client.libvirt']);
    assert.deepEqual(valuesAt(`<encryption><secret type='passphrase' uuid='|'/></encryption>`), [
      '22222222-2222-2222-2222-222222222222',
    ]);
  });

  it('are networks, their port groups, bridges and filters', () => {
    const card = (inner: string): string => `<interface>${inner}</interface>`;
    assert.deepEqual(valuesAt(card(`<source network='|'/>`)), ['default']);
    assert.deepEqual(valuesAt(card(`<source network='default' portgroup='|'/>`)), ['web']);
    assert.deepEqual(valuesAt(card(`<source bridge='|'/>`)), ['virbr0', 'br0']);
    assert.deepEqual(valuesAt(card(`<filterref filter='|'/>`)), ['clean-traffic']);
  });

  it('are the machines of the architecture, with what an alias stands for', () => {
    assert.deepEqual(detailsAt(`<domain><os><type arch='x86_64' machine='|'>hvm</type></os></domain>`), [
      'machine of x86_64',
      'machine of x86_64, now pc-q35-7.2',
    ]);
    assert.deepEqual(valuesAt(`<domain type='|'/>`), ['kvm', 'qemu']);
    assert.deepEqual(valuesAt(domain('<emulator>|</emulator>')), ['/usr/bin/qemu-system-x86_64']);
  });

  it('are CPU models, those that the host cannot use last', () => {
    const text = domain('').replace('</os>', '</os><cpu><model>|</model></cpu>');
    assert.deepEqual(
      known(text)?.values.map(({ value, isLast }) => [value, isLast === true]),
      [
        ['Haswell', false],
        ['EPYC', true],
      ],
    );
  });

  it("are what the host's QEMU has; what it lacks is said to be missing", () => {
    const bus = known(domain(`<disk><target bus='|'/></disk>`));
    assert.ok(bus);
    assert.deepEqual(
      bus.values.map(({ value }) => value),
      ['virtio', 'sata'],
    );
    assert.equal(bus.others, 'not offered by QEMU on kvm1');
    assert.deepEqual(valuesAt(domain(`<hostdev mode='subsystem' type='|'/>`)), ['pci']);
    assert.equal(valuesAt(domain(`<hostdev mode='capabilities' type='|'/>`)), undefined);
    assert.equal(known(domain(`<console type='|'/>`))?.others, undefined);
  });

  it('are fresh ones: a target that no disk has, a MAC address, a UUID', () => {
    const disks = `<disk><target dev='vda'/></disk><disk><target dev='sda'/></disk>`;
    assert.deepEqual(valuesAt(domain(`${disks}<disk><target dev='|' bus='virtio'/></disk>`)), ['vdb']);
    assert.deepEqual(valuesAt(domain(`${disks}<disk><target dev='|' bus='sata'/></disk>`)), ['sdb']);
    const mac = valuesAt(domain(`<interface><mac address='|'/></interface>`))?.[0] ?? '';
    assert.match(mac, /^52:54:00(:[0-9a-f]{2}){3}$/);
    const uuid = known('<pool><uuid>|</uuid></pool>', 'no host')?.values[0]?.value ?? '';
    assert.match(uuid, /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  });

  it('are none where the host does not tell', () => {
    const silent = { hostName: 'kvm1', rbdPools: [], secrets: [] };
    assert.equal(known(`<disk><source pool='|'/></disk>`, silent), undefined);
    assert.equal(known(domain(`<disk><target bus='|'/></disk>`), silent), undefined);
    assert.equal(known(`<disk><source pool='|'/></disk>`, 'no host'), undefined);
  });
});
