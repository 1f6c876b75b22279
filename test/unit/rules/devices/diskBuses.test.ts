import assert from 'node:assert/strict';
import { domainText, fileDisk } from '../domainText.ts';
import { fixed, found, foundOnce } from '../samples.ts';

describe('ide-on-pcie-machine', () => {
  const id = 'ide-on-pcie-machine';
  const address = `<address type='drive' controller='0' bus='1' target='0' unit='0'/>`;

  it('finds a disk on IDE, and puts it on SATA without the address of before', () => {
    const text = domainText({
      machine: 'pc-q35-7.2',
      devices: `${fileDisk('sda', { bus: 'sata' })}\n${fileDisk('hda', { bus: 'ide', inside: address })}`,
    });
    assert.equal(foundOnce(id, text).at, 'target');
    const after = fixed(id, text);
    assert.ok(after.includes(`<target dev='sdb' bus='sata'/>`) && !after.includes('<address'));
  });

  it('finds one whose name makes libvirt take IDE', () => {
    const text = domainText({ devices: fileDisk('hda', { bus: '' }) });
    assert.ok(fixed(id, text).includes(`<target dev='sda' bus='sata'/>`));
  });

  it('accepts IDE on other machines, and other buses', () => {
    assert.deepEqual(found(id, domainText({ machine: 'pc', devices: fileDisk('hda', { bus: 'ide' }) })), []);
    assert.deepEqual(found(id, domainText({ devices: fileDisk('hda', { bus: 'sata' }) })), []);
  });
});

describe('ejectable-on-virtio', () => {
  const id = 'ejectable-on-virtio';

  it('finds a CD drive on virtio, written or taken from the name', () => {
    for (const bus of ['virtio', '']) {
      const text = domainText({ devices: fileDisk('vda', { bus, device: 'cdrom' }) });
      assert.equal(foundOnce(id, text).at, 'target');
      assert.ok(fixed(id, text).includes(`<target dev='sda' bus='sata'/>`));
    }
  });

  it('accepts disks there, and CD drives elsewhere', () => {
    assert.deepEqual(found(id, domainText({ devices: fileDisk('vda') })), []);
    assert.deepEqual(
      found(id, domainText({ devices: fileDisk('sda', { bus: 'sata', device: 'cdrom' }) })),
      [],
    );
  });
});

describe('disk-name-of-other-bus', () => {
  const id = 'disk-name-of-other-bus';

  it('finds the name of another bus, and offers one of its own', () => {
    const text = domainText({
      devices: `${fileDisk('sda', { bus: 'scsi' })}\n${fileDisk('vda', { bus: 'sata' })}`,
    });
    assert.equal(
      foundOnce(id, text).message,
      'Disks with bus="sata" are called sd... in the guest, not vda.',
    );
    assert.ok(fixed(id, text).includes(`<target dev='sdb' bus='sata'/>`));
  });

  it('accepts names of the bus, names of its own kind, and what has no bus', () => {
    const fine = [
      fileDisk('vda'),
      fileDisk('sda', { bus: 'usb' }),
      fileDisk('hda', { bus: '' }),
      fileDisk('data1'),
      fileDisk('vdz', { bus: 'unheard-of' }),
    ];
    assert.deepEqual(found(id, domainText({ devices: fine.join('\n') })), []);
    assert.deepEqual(found(id, domainText({ type: 'xen', devices: fileDisk('hda', { bus: 'xen' }) })), []);
  });
});
