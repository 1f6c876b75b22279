import assert from 'node:assert/strict';
import { define, hasVirsh } from '../../xml/virsh.ts';
import { domainText, fileDisk } from '../domainText.ts';
import { fixed, found, foundOnce, host, titles } from '../samples.ts';

const pci = (bus: number, slot: number, fn = 0): string =>
  `<address type='pci' domain='0x0000' bus='${bus}' slot='0x0${slot.toString(16)}' function='0x${fn}'/>`;
const drive = (unit: number): string =>
  `<address type='drive' controller='0' bus='0' target='0' unit='${unit}'/>`;
const channel = (name: string, port?: number): string =>
  `<channel type='unix'><target type='virtio' name='${name}'/>${
    port === undefined ? '' : `<address type='virtio-serial' controller='0' bus='0' port='${port}'/>`
  }</channel>`;
const tablet = (port: string): string =>
  `<input type='tablet' bus='usb'><address type='usb' bus='0' port='${port}'/></input>`;
const nic = (mac: string, inside = ''): string =>
  `<interface type='user'><mac address='${mac}'/>${inside}</interface>`;
const devices = (...all: readonly string[]): string => domainText({ devices: all.join('\n') });

describe('duplicate-disk-target', () => {
  const id = 'duplicate-disk-target';
  const twice = devices(fileDisk('sda', { bus: 'sata' }), fileDisk('sda', { bus: 'scsi' }), fileDisk('sdb'));

  it('stands at the second name, whatever the bus, and offers the next free one', () => {
    const finding = foundOnce(id, twice);
    assert.equal(finding.at, 'sda');
    assert.ok(finding.range.start > twice.indexOf("bus='sata'"));
    assert.equal(finding.severity, 'error');
    assert.deepEqual(titles(finding.fixes), ['Call it sdc *']);
    assert.ok(fixed(id, twice).includes(`<target dev='sdc' bus='scsi'/>`));
  });

  it('goes on behind z', () => {
    const names = Array.from({ length: 26 }, (_, index) => `vd${String.fromCharCode(97 + index)}`);
    const text = devices(...names.map((name) => fileDisk(name)), fileDisk('vda'));
    assert.deepEqual(titles(foundOnce(id, text).fixes), ['Call it vdaa *']);
  });

  it('compares the disks of one domain only', () => {
    const one = devices(fileDisk('vda'));
    const inactive = one.replaceAll(/(<\/?)domain\b/g, '$1inactiveDomain');
    assert.deepEqual(found(id, `<domainsnapshot>${one}${inactive}</domainsnapshot>`), []);
  });

  it('says nothing while one of them is being typed', () => {
    assert.deepEqual(
      found(id, twice.replace("<target dev='sda' bus='scsi'/>", "<target dev='sda' bus='")),
      [],
    );
  });
});

describe('duplicate-address', () => {
  const id = 'duplicate-address';

  for (const [what, first, second] of [
    ['PCI', fileDisk('vda', { inside: pci(0, 5) }), fileDisk('vdb', { inside: pci(0, 5) })],
    [
      'PCI written in another way',
      fileDisk('vda', { inside: pci(0, 5) }),
      fileDisk('vdb', { inside: pci(0, 5).replace('0x05', '5') }),
    ],
    [
      'drive',
      fileDisk('sda', { bus: 'sata', inside: drive(1) }),
      fileDisk('sdb', { bus: 'sata', inside: drive(1) }),
    ],
    [
      'drive, the bus being left to the name',
      fileDisk('sda', { bus: 'scsi', inside: drive(1) }),
      fileDisk('sdb', { bus: '', inside: drive(1) }),
    ],
    ['virtio-serial', channel('a', 1), channel('b', 1)],
    ['USB', tablet('1.2'), tablet('1.2')],
  ] as const) {
    it(`finds a second device at one ${what} address, and takes the address away`, () => {
      const text = devices(first, second);
      assert.equal(foundOnce(id, text).at, 'address');
      assert.equal(fixed(id, text).split('<address').length, 2);
    });
  }

  it('says which address it is, and what has it', () => {
    const { message } = foundOnce(
      id,
      devices(fileDisk('vda', { inside: pci(0, 5, 1) }), fileDisk('vdb', { inside: pci(0, 5, 1) })),
    );
    assert.equal(
      message,
      'A <disk> of the domain has this address already (PCI 0000:00:05.1): libvirt refuses the definition.',
    );
  });

  for (const [what, ...all] of [
    [
      'other functions of one slot',
      fileDisk('vda', { inside: pci(0, 5) }),
      fileDisk('vdb', { inside: pci(0, 5, 1) }),
    ],
    [
      'addresses that are left open',
      fileDisk('vda', { inside: pci(0, 0) }),
      fileDisk('vdb', { inside: pci(0, 0) }),
    ],
    [
      'one unit of two kinds of controller',
      fileDisk('sda', { bus: 'sata', inside: drive(0) }),
      fileDisk('sdb', { bus: 'scsi', inside: drive(0) }),
    ],
    ['ports that are left open', channel('a', 0), channel('b', 0)],
    ['a port and one of the hub behind it', tablet('1'), tablet('1.1')],
    [
      'a console that is the serial port',
      `<serial type='pty'><target type='pci-serial' port='0'/>${pci(0, 4)}</serial>`,
      `<console type='pty'><target type='serial' port='0'/>${pci(0, 4)}</console>`,
    ],
    [
      'the addresses of devices of the host',
      ...[1, 2].map(
        () =>
          `<hostdev mode='subsystem' type='pci'><source><address domain='0' bus='1' slot='0' function='0'/></source></hostdev>`,
      ),
    ],
    [
      'addresses that are no numbers',
      fileDisk('vda', { inside: pci(0, 5).replace('0x05', 'x') }),
      fileDisk('vdb', { inside: pci(0, 5).replace('0x05', 'x') }),
    ],
  ] as const) {
    it(`accepts ${what}`, () => {
      assert.deepEqual(found(id, devices(...all)), []);
    });
  }
});

describe('duplicate-controller', () => {
  const id = 'duplicate-controller';
  const controller = (type: string, index: number): string => `<controller type='${type}' index='${index}'/>`;

  it('finds the second of one type and index, and gives it a free index', () => {
    const text = devices(controller('scsi', 0), controller('scsi', 0), controller('scsi', 1));
    assert.equal(foundOnce(id, text).at, '0');
    assert.ok(fixed(id, text).includes(controller('scsi', 2)));
  });

  it('accepts other types and the parts of a USB controller', () => {
    assert.deepEqual(
      found(id, devices(...['scsi', 'sata', 'usb', 'usb'].map((type) => controller(type, 0)))),
      [],
    );
  });
});

describe('duplicate-alias', () => {
  const id = 'duplicate-alias';
  const withAlias = (name: string): string =>
    devices(...['1', '2'].map((last) => nic(`52:54:00:00:00:0${last}`, `<alias name='${name}'/>`)));

  it('finds an alias of a person that two devices have', () => {
    assert.equal(foundOnce(id, withAlias('ua-net')).at, 'ua-net');
    assert.equal(fixed(id, withAlias('ua-net')).split('ua-net').length, 2);
  });

  it('leaves aliases alone that libvirt replaces', () => {
    assert.deepEqual(found(id, withAlias('net0')), []);
  });
});

describe('duplicate-mac', () => {
  const id = 'duplicate-mac';
  const mac = '52:54:00:AA:bb:01';
  const uuid = 'aaaaaaaa-2222-4333-8444-555555555555';
  const other = { name: 'web', uuid, isActive: true, macs: [mac.toLowerCase()], disks: [] };

  it('finds the second interface with an address of this domain', () => {
    const text = devices(nic(mac), nic(mac.toLowerCase()));
    assert.equal(foundOnce(id, text).at, mac.toLowerCase());
    assert.equal(fixed(id, text).split('<mac').length, 2);
  });

  it('finds an address that another domain of the host has', () => {
    const knowledge = host({ domains: [other] });
    assert.equal(
      foundOnce(id, devices(nic(mac)), knowledge).message,
      `Domain web on kvm1 has ${mac} already.`,
    );
    assert.ok(!fixed(id, devices(nic(mac)), knowledge).includes('<mac'));
  });

  it('accepts the addresses of the domain itself, known by its UUID or else its name', () => {
    const knowledge = host({ domains: [other] });
    assert.deepEqual(found(id, domainText({ devices: nic(mac), uuid: uuid.toUpperCase() }), knowledge), []);
    assert.deepEqual(found(id, domainText({ devices: nic(mac), name: 'web' }), knowledge), []);
    foundOnce(id, domainText({ devices: nic(mac), name: 'web', uuid: uuid.replace('a', 'b') }), knowledge);
  });

  it('accepts the interfaces of a team', () => {
    const team = `<teaming type='persistent'/>`;
    assert.deepEqual(found(id, devices(nic(mac, team), nic(mac, team))), []);
  });
});

describe('duplicate-disk-serial', () => {
  const id = 'duplicate-disk-serial';
  const disks = (inside: string): string =>
    devices(fileDisk('sda', { bus: 'scsi', inside }), fileDisk('sdb', { bus: 'scsi', inside }));

  it('finds a serial number and a WWN that two disks have', () => {
    assert.equal(foundOnce(id, disks('<serial>A1</serial>')).at, 'serial');
    assert.equal(
      foundOnce(id, disks('<wwn>5000c50015ea71aa</wwn>')).message,
      'Disk sda has the wwn 5000c50015ea71aa too: the guest cannot tell them apart.',
    );
  });

  it('accepts disks without', () => {
    assert.deepEqual(found(id, disks('')), []);
    assert.deepEqual(found(id, disks('<serial></serial>')), []);
  });
});

describe('duplicate-channel-name', () => {
  const id = 'duplicate-channel-name';

  it('finds the second channel of one name', () => {
    const text = devices(channel('org.qemu.guest_agent.0'), channel('org.qemu.guest_agent.0'));
    assert.equal(foundOnce(id, text).at, 'org.qemu.guest_agent.0');
    assert.equal(fixed(id, text).split('<channel').length, 2);
  });

  it('accepts channels without a name, and with different ones', () => {
    const nameless = `<channel type='unix'><target type='virtio'/></channel>`;
    assert.deepEqual(found(id, devices(nameless, nameless, channel('a'), channel('b'))), []);
  });
});

describe('what libvirt says to them', function () {
  this.timeout(60_000);
  before(function () {
    if (!hasVirsh) this.skip();
  });
  const scsi = `<controller type='scsi' index='0'/>`;

  for (const [id, text, refusal] of [
    ['duplicate-disk-target', devices(fileDisk('vda'), fileDisk('vda')), /target 'vda' duplicated/],
    [
      'duplicate-address',
      devices(
        fileDisk('sda', { bus: 'sata', inside: drive(0) }),
        fileDisk('sdb', { bus: 'sata', inside: drive(0) }),
      ),
      /duplicate drive address/,
    ],
    ['duplicate-controller', devices(scsi, scsi), /Multiple 'scsi' controllers with index '0'/],
  ] as const) {
    it(`refuses what ${id} finds, and accepts what its fix gives`, () => {
      const forTest = (xml: string): string =>
        xml.replace("type='kvm'", "type='test'").replace(/ machine='\w+'/, '');
      assert.match(define('domain', forTest(text), { validate: true }), refusal);
      assert.equal(define('domain', forTest(fixed(id, text)), { validate: true }), '');
    });
  }
});
