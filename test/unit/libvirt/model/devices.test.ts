import assert from 'node:assert/strict';
import { parseDomain, type DomainModel } from '../../../../src/libvirt/model/domain.ts';
import { pciName } from '../../../../src/libvirt/model/hostDevice.ts';

function domainWith(devices: string): Promise<DomainModel> {
  return parseDomain(`<domain type='qemu'><name>vm</name><devices>${devices}</devices></domain>`);
}

describe('the devices of a domain', () => {
  it('are disks with the chain of images below them', async () => {
    const { disks } = await domainWith(`
      <disk type='file' device='disk'><driver name='qemu' type='qcow2'/><source file='/top' index='3'/>
        <backingStore type='file' index='2'><format type='qcow2'/><source file='/middle'/>
          <backingStore type='network' index='1'><format type='raw'/><source protocol='rbd' name='p/base'/>
            <backingStore/></backingStore></backingStore>
        <target dev='vda' bus='virtio'/></disk>
      <disk type='file' device='disk'><source file='/plain'/><backingStore/><target dev='vdb'/></disk>`);
    const [first, second] = disks;
    assert.deepEqual(
      first?.backing.map(({ source, format, index }) => [source.type, format, index]),
      [
        ['file', 'qcow2', 2],
        ['network', 'raw', 1],
      ],
    );
    assert.deepEqual(second?.backing, []);
  });

  it('are disks at a place on a controller', async () => {
    const { disks } = await domainWith(`
      <disk type='file' device='disk'><target dev='sda' bus='scsi'/>
        <address type='drive' controller='1' bus='0' target='2' unit='3'/></disk>
      <disk type='file' device='disk'><target dev='vda' bus='virtio'/><address type='pci' bus='0x01'/></disk>`);
    assert.deepEqual(
      disks.map(({ drive }) => drive),
      [{ controller: 1, bus: 0, target: 2, unit: 3 }, undefined],
    );
  });

  it('are disks with a job and with limits', async () => {
    const { disks } = await domainWith(`
      <disk type='file' device='disk'><source file='/a'/>
        <mirror type='network' job='copy' ready='yes'><format type='raw'/>
          <source protocol='rbd' name='p/copy'/></mirror>
        <iotune><total_bytes_sec>1048576</total_bytes_sec><read_iops_sec>0</read_iops_sec></iotune>
        <target dev='vda'/></disk>
      <disk type='file' device='disk'><source file='/b'/><mirror type='file' job='active-commit'>
        <source file='/base'/></mirror><target dev='vdb'/></disk>`);
    const [copy, commit] = disks;
    assert.deepEqual(
      [copy?.mirror?.job, copy?.mirror?.ready, copy?.mirror?.target?.type],
      ['copy', true, 'network'],
    );
    assert.deepEqual(copy?.limits, new Map([['total_bytes_sec', 1_048_576]]));
    assert.deepEqual([commit?.mirror?.job, commit?.mirror?.ready], ['active-commit', false]);
  });

  it('are interfaces with their cable and limits', async () => {
    const { interfaces } = await domainWith(`
      <interface type='network'><source network='default' portgroup='web'/><link state='down'/>
        <bandwidth><inbound average='1000' peak='2000'/><outbound average='500'/></bandwidth></interface>
      <interface type='bridge'><source bridge='br0'/><link state='up'/></interface>`);
    assert.deepEqual(
      interfaces.map(({ link, portgroup, inboundKiB, outboundKiB }) => [
        link,
        portgroup,
        inboundKiB,
        outboundKiB,
      ]),
      [
        ['down', 'web', 1000, 500],
        ['up', undefined, undefined, undefined],
      ],
    );
  });

  it('are devices of the host', async () => {
    const { hostDevices } = await domainWith(`
      <hostdev mode='subsystem' type='pci' managed='yes'>
        <source><address domain='0x0000' bus='0x3b' slot='0x1f' function='0x7'/></source>
        <alias name='hostdev0'/></hostdev>
      <hostdev mode='subsystem' type='usb'><source><vendor id='0x1d6b'/><product id='0x0002'/>
        <address bus='1' device='3'/></source></hostdev>
      <hostdev mode='subsystem' type='mdev' model='vfio-pci'><source><address uuid='x'/></source></hostdev>`);
    const [pci, usb, other] = hostDevices;
    assert.ok(pci?.source.type === 'pci');
    assert.equal(pciName(pci.source.address), '0000:3b:1f.7');
    assert.deepEqual([pci.managed, pci.alias], [true, 'hostdev0']);
    assert.deepEqual(usb?.source, { type: 'usb', vendor: '0x1d6b', product: '0x0002', bus: 1, device: 3 });
    assert.deepEqual(other?.source, { type: 'other', name: 'mdev' });
  });

  it('are controllers', async () => {
    const { controllers } = await domainWith(`
      <controller type='scsi' index='1' model='virtio-scsi'/><controller type='usb'/>`);
    assert.deepEqual(controllers, [
      { type: 'scsi', index: 1, model: 'virtio-scsi' },
      { type: 'usb', index: 0, model: undefined },
    ]);
  });
});
