import assert from 'node:assert/strict';
import { readDomainFacts } from '../../../../src/hosts/knowledge/domainFacts.ts';

const facts = async (devices: string): ReturnType<typeof readDomainFacts> =>
  readDomainFacts(`<domain type='kvm'><name>vm1</name><devices>${devices}</devices></domain>`);

describe('what a domain refers to', () => {
  it('is the storage of its disks, in one word each', async () => {
    const { disks } = await facts(`
      <disk type='network'><source protocol='rbd' name='pool/ns/image'/><target dev='vda'/><shareable/></disk>
      <disk type='network'><source protocol='rbd' name='pool/image'><snapshot name='golden'/></source>
        <target dev='vdb'/></disk>
      <disk type='file' device='cdrom'><source file='/iso/a b.iso'/><target dev='hda'/><readonly/></disk>
      <disk type='block'><source dev='/dev/sdb'/><target dev='vdc'/></disk>
      <disk type='volume'><source pool='images' volume='v1'/><target dev='vdd'/></disk>
      <disk type='dir'><source dir='/floppy'/><target dev='fda'/></disk>
      <disk type='file' device='cdrom'><target dev='hdb'/></disk>
      <disk type='network'><source protocol='nbd' name='x'><host name='h'/></source><target dev='vde'/></disk>`);
    assert.deepEqual(
      disks.map(({ target, storage }) => [target, storage]),
      [
        ['vda', 'rbd:pool/ns/image'],
        ['vdb', 'rbd:pool/image@golden'],
        ['hda', 'file:/iso/a b.iso'],
        ['vdc', 'block:/dev/sdb'],
        ['vdd', 'volume:images/v1'],
        ['fda', 'dir:/floppy'],
        ['hdb', undefined],
        ['vde', undefined],
      ],
    );
    const [first, , third] = disks;
    assert.deepEqual([first?.isShareable, first?.isReadOnly], [true, false]);
    assert.deepEqual([third?.isShareable, third?.isReadOnly], [false, true]);
  });

  it('is the RBD images of its disks, of what is below them, and of what they are copied to', async () => {
    const { images } = await facts(`
      <disk type='network'><source protocol='rbd' name='p/n/i'><snapshot name='s'/><host name='m' port='6789'/></source>
        <target dev='vda'/><readonly/></disk>
      <disk type='volume'><source pool='rbd-pool' volume='v'/><target dev='vdb'/><shareable/></disk>
      <disk type='file'><source file='/o.qcow2'/><target dev='vdc'/>
        <backingStore type='file'><source file='/b.qcow2'/><format type='qcow2'/>
          <backingStore type='network'><source protocol='rbd' name='p/base'/><format type='raw'/></backingStore>
        </backingStore>
        <mirror type='network' job='copy'><source protocol='rbd' name='p/copy'/></mirror></disk>`);
    assert.deepEqual(
      images.map(({ target, role, storage, isReadOnly, isShareable }) => [
        ...[target, role, storage.name],
        ...[isReadOnly && 'read-only', isShareable && 'shareable'],
      ]),
      [
        ['vda', 'disk', 'p/n/i', 'read-only', false],
        ['vdb', 'disk', 'v', false, 'shareable'],
        ['vdc', 'backing', 'p/base', 'read-only', false],
        ['vdc', 'mirror', 'p/copy', false, false],
      ],
    );
    assert.deepEqual(images[0]?.storage, {
      ...{ kind: 'image', name: 'p/n/i', snapshot: 's', monitors: [{ name: 'm', port: 6789 }] },
    });
  });

  it('is its MACs in lower case, networks and filters', async () => {
    const { macs, networks, nwfilters } = await facts(`
      <interface type='network'><mac address='52:54:00:AB:CD:EF'/><source network='default'/></interface>
      <interface type='bridge'><source bridge='br0'/><filterref filter='clean-traffic'/></interface>`);
    assert.deepEqual(
      { macs, networks, nwfilters },
      { macs: ['52:54:00:ab:cd:ef'], networks: ['default'], nwfilters: ['clean-traffic'] },
    );
  });

  it('is its secrets: of logins, of encryption, of a TPM', async () => {
    const { secrets } = await facts(`
      <disk type='network'><auth username='old'><secret type='ceph' usage='by usage'/></auth>
        <source protocol='rbd' name='p/i'><auth username='new'><secret type='ceph' uuid='u1'/></auth></source>
        <target dev='vda'/></disk>
      <disk type='file'><source file='/a'><encryption format='luks'><secret type='passphrase' uuid='u2'/></encryption>
        </source><target dev='vdb'/></disk>
      <tpm model='tpm-crb'><backend type='emulator'><encryption secret='u3'/></backend></tpm>`);
    assert.deepEqual(secrets, [{ usage: 'by usage' }, { uuid: 'u1' }, { uuid: 'u2' }, { uuid: 'u3' }]);
  });

  it('is as whom its RBD disks log in, and where', async () => {
    const { cephLogins } = await facts(`
      <disk type='network'><source protocol='rbd' name='p/i'><host name='10.0.0.1' port='6789'/><host name='mon2'/>
        <auth username='libvirt'><secret type='ceph' uuid='u1'/></auth></source><target dev='vda'/></disk>
      <disk type='network'><source protocol='rbd' name='p/j'/><target dev='vdb'/></disk>
      <disk type='network'><source protocol='iscsi' name='iqn/1'><host name='h'/>
        <auth username='chap'><secret type='iscsi' usage='u'/></auth></source><target dev='vdc'/></disk>`);
    assert.deepEqual(cephLogins, [{ username: 'libvirt', monitors: ['10.0.0.1', 'mon2'] }]);
  });

  it('is nothing where there are no devices', async () => {
    assert.deepEqual(await readDomainFacts('<domain/>'), {
      ...{ macs: [], disks: [], images: [], networks: [], nwfilters: [], secrets: [], cephLogins: [] },
    });
  });
});
