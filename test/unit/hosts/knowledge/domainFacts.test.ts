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

  it('is nothing where there are no devices', async () => {
    assert.deepEqual(await readDomainFacts('<domain/>'), {
      ...{ macs: [], disks: [], networks: [], nwfilters: [], secrets: [] },
    });
  });
});
