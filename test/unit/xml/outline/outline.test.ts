import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { outlineOf } from '../../../../src/xml/outline/outline.ts';
import type { OutlineEntry } from '../../../../src/xml/outline/outlineEntry.ts';
import { scan } from '../../../../src/xml/scanner/scan.ts';

const lineOf = ({ name, detail }: OutlineEntry): string => (detail === '' ? name : `${name}: ${detail}`);

/** Each entry on a line, indented by its level. */
function linesOf(entries: readonly OutlineEntry[], indentation = ''): string[] {
  return entries.flatMap((entry) => [
    indentation + lineOf(entry),
    ...linesOf(entry.children, `${indentation}  `),
  ]);
}

/** The line of the innermost first element. */
function described(xml: string): string {
  let [entry] = outlineOf(scan(xml));
  while (entry?.children[0] !== undefined && !xml.includes(`<!--here--><${entry.name.split(' ')[0] ?? ''}`)) {
    [entry] = entry.children;
  }
  return entry === undefined ? '' : lineOf(entry);
}

describe('outlineOf', () => {
  it('says of a domain what its parts are', () => {
    const xml = readFileSync('test/corpus/xml/domain-rbd.xml', 'utf8');
    assert.deepEqual(linesOf(outlineOf(scan(xml))).slice(0, 31), [
      'domain vm1: qemu',
      '  name: vm1',
      '  uuid: f7f8c9a6-dd5d-4b09-bddf-090d797bd4b7',
      '  memory: 160 MiB',
      '  currentMemory: 160 MiB',
      '  vcpu: 2',
      '  os: pc',
      '    type: hvm',
      '    boot hd',
      '  features',
      '    acpi',
      '  clock: utc',
      '  on_poweroff: destroy',
      '  on_crash: destroy',
      '  devices',
      '    emulator: /usr/bin/qemu-system-x86_64',
      '    disk vda: rbd libvirt-pool/vm1',
      '      driver qemu: raw',
      '      auth libvirt',
      '        secret ceph: 11111111-2222-4333-8444-555555555555',
      '      source: rbd libvirt-pool/vm1',
      '        host 127.0.0.1:6789',
      '      target vda: virtio',
      '    disk vdb: file /tmp/x.img',
      '      driver qemu: raw',
      '      source: file /tmp/x.img',
      '      target vdb: virtio',
      '    controller usb 0: piix3-uhci',
      '    interface 52:54:00:d6:1c:5e: user',
      '      mac: 52:54:00:d6:1c:5e',
      '      model: virtio',
    ]);
  });

  for (const [xml, expected] of [
    [
      `<pool type='rbd'><!--here--><source><host name='a'/><host name='b'/><host name='c'/><name>p</name></source></pool>`,
      'source: rbd p, 3 monitors',
    ],
    [
      `<pool type='rbd'><!--here--><source><host name='a'/><name>p</name></source></pool>`,
      'source: rbd p, one monitor',
    ],
    [
      `<pool type='netfs'><!--here--><source><host name='nfs1'/><dir path='/export'/></source></pool>`,
      'source: netfs nfs1:/export',
    ],
    [`<source><host name='mon1' port='6789'/></source>`, 'host mon1:6789'],
    [`<source><host name='fd00::1' port='3300'/></source>`, 'host [fd00::1]:3300'],
    [
      `<!--here--><secret><usage type='ceph'><name>client.libvirt</name></usage></secret>`,
      'secret ceph: client.libvirt',
    ],
    [`<auth><secret type='ceph' usage='client.libvirt'/></auth>`, 'secret ceph: client.libvirt'],
    [
      `<!--here--><disk type='volume' device='disk'><source pool='p' volume='v'/><target dev='vda'/></disk>`,
      'disk vda: volume p/v',
    ],
    [`<!--here--><disk type='file' device='cdrom'><target dev='sda'/></disk>`, 'disk sda: cdrom, empty'],
    [
      `<!--here--><disk type='nvme'><source><address domain='0' bus='0x1' slot='0' function='0x0'/></source><target dev='vda'/></disk>`,
      'disk vda: nvme 0000:01:00.0',
    ],
    [
      `<domainsnapshot><disks><disk name='vda' snapshot='external'/></disks></domainsnapshot>`,
      'disk vda: external',
    ],
    [
      `<!--here--><interface type='network'><mac address='52:54:00:00:00:01'/><source network='default'/></interface>`,
      'interface 52:54:00:00:00:01: network default',
    ],
    [`<!--here--><interface type='bridge' name='br0'><bridge/></interface>`, 'interface br0: bridge'],
    [
      `<devices><controller type='pci' index='3' model='pcie-root-port'/></devices>`,
      'controller pci 3: pcie-root-port',
    ],
    [`<devices><graphics type='vnc' port='5900'/></devices>`, 'graphics vnc: 5900'],
    [`<devices><graphics type='vnc' port='-1' passwd='geheim'/></devices>`, 'graphics vnc: autoport'],
    [`<devices><graphics passwd='geheim'/></devices>`, 'graphics'],
    [`<source><cookies><cookie name='session'>geheim</cookie></cookies></source>`, 'cookie'],
    [`<a><qemu:arg xmlns:qemu='q' value='secret,id=s0,data=geheim'/></a>`, 'qemu:arg'],
    [`<a><qemu:arg xmlns:qemu='q' value='-snapshot'/></a>`, 'qemu:arg: -snapshot'],
    [`<domain><memory unit='GiB'>4</memory></domain>`, 'memory: 4 GiB'],
    [`<domain><memory>1048576</memory></domain>`, 'memory: 1 GiB'],
    [`<volume><capacity>1073741824</capacity></volume>`, 'capacity: 1 GiB'],
    [`<domain><memory>much</memory></domain>`, 'memory: much'],
    [`<domain><vcpu current='2'>4</vcpu></domain>`, 'vcpu: 2/4'],
    [`<!--here--><os firmware='efi'><type machine='q35'>hvm</type></os>`, 'os: UEFI, q35'],
    [
      `<!--here--><os><type machine='pc-q35-7.2'>hvm</type><loader type='pflash'>/a.fd</loader></os>`,
      'os: UEFI, pc-q35-7.2',
    ],
    [
      `<!--here--><hostdev type='pci'><source><address bus='0x06' slot='0x12' function='0x5'/></source></hostdev>`,
      'hostdev pci: 0000:06:12.5',
    ],
    [
      `<!--here--><hostdev type='usb'><source><vendor id='0x0951'/><product id='0x1625'/></source></hostdev>`,
      'hostdev usb: 0951:1625',
    ],
    [
      `<!--here--><channel type='unix'><target type='virtio' name='org.qemu.guest_agent.0'/></channel>`,
      'channel org.qemu.guest_agent.0: unix',
    ],
    [
      `<!--here--><filesystem><driver type='virtiofs'/><source dir='/srv'/><target dir='tag'/></filesystem>`,
      'filesystem tag: virtiofs /srv',
    ],
    [
      `<!--here--><tpm model='tpm-crb'><backend type='emulator' version='2.0'/></tpm>`,
      'tpm: tpm-crb, emulator 2.0',
    ],
    [
      `<dhcp><host mac='52:54:00:00:00:01' name='one' ip='10.0.0.2'/></dhcp>`,
      'host one: 10.0.0.2 52:54:00:00:00:01',
    ],
    [`<dhcp><range start='10.0.0.2' end='10.0.0.9'/></dhcp>`, 'range: 10.0.0.2 – 10.0.0.9'],
    [
      `<!--here--><rule action='accept' direction='in' priority='500'><tcp dstportstart='22'/></rule>`,
      'rule accept in: tcp 500',
    ],
    [`<rule><ip srcipaddr='10.0.0.1'/></rule>`, 'ip: 10.0.0.1'],
    [`<filter><filterref filter='clean-traffic'/></filter>`, 'filterref clean-traffic'],
    [`<cpu><feature policy='require' name='vmx'/></cpu>`, 'feature vmx: require'],
    [`<a><b>two\n  lines</b></a>`, 'b: two lines'],
    [`<a><b>${'x'.repeat(100)}</b></a>`, `b: ${'x'.repeat(79)}…`],
    [`<a><b xmlns='urn:x'/></a>`, 'b'],
    [`<devices><disk type='network'`, 'disk: network'],
  ] as const) {
    it(`says ${expected}`, () => {
      assert.equal(described(xml), expected);
    });
  }

  it('gives the whole element, and its name to go to', () => {
    const text = `<a>\n  <b c='d'>\n  </b>\n</a>`;
    const entry = outlineOf(scan(text))[0]?.children[0];
    assert.equal(text.slice(entry?.range.start, entry?.range.end), `<b c='d'>\n  </b>`);
    assert.equal(text.slice(entry?.selectionRange.start, entry?.selectionRange.end), 'b');
  });

  it('has signs for what an element is', () => {
    const kinds = (entries: readonly OutlineEntry[]): string[] =>
      entries.flatMap(({ kind, children }) => [kind, ...kinds(children)]);
    const xml = `<domain><vcpu>4</vcpu><name>x</name><features><acpi/><hap state='on'/></features><devices><disk/><interface/><video/></devices></domain>`;
    assert.deepEqual(kinds(outlineOf(scan(xml))), [
      'Module',
      'Number',
      'Property',
      'Namespace',
      'Boolean',
      'Field',
      'Namespace',
      'File',
      'Interface',
      'Class',
    ]);
  });
});
