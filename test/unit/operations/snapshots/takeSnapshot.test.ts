import assert from 'node:assert/strict';
import { parseDomain } from '../../../../src/libvirt/model/domain.ts';
import type { DomainDisk } from '../../../../src/libvirt/model/disk.ts';
import { offerSnapshots, overlayFile } from '../../../../src/operations/snapshots/snapshotKinds.ts';
import { filesOf, snapshotXml, type NewSnapshot } from '../../../../src/operations/snapshots/takeSnapshot.ts';

const file = (target: string, path: string, format = 'qcow2', device = 'disk'): string =>
  `<disk type='file' device='${device}'><driver type='${format}'/><source file='${path}'/><target dev='${target}'/></disk>`;
const rbd = `<disk type='network'><driver type='raw'/><source protocol='rbd' name='p/i'/><target dev='vdr'/></disk>`;
const block = `<disk type='block'><driver type='raw'/><source dev='/dev/x'/><target dev='vdx'/></disk>`;
const readOnly = `<disk type='file'><driver type='raw'/><source file='/ro'/><target dev='vdo'/><readonly/></disk>`;

const disksOf = async (...disks: readonly string[]): Promise<readonly DomainDisk[]> =>
  (await parseDomain(`<domain><devices>${disks.join('')}</devices></domain>`)).disks;

const ref = { name: 'web/1', uuid: '', id: -1 };
const wish: NewSnapshot = { name: 's', description: '', kind: 'disksOnly', quiesce: false, live: false };

describe('what snapshots a domain can have', () => {
  const kindsOf = async (active: boolean, ...disks: readonly string[]): Promise<readonly string[]> =>
    offerSnapshots(await disksOf(...disks), active).kinds;

  it('depends on what its disks are', async () => {
    const qcow2 = file('vda', '/a.qcow2');
    assert.deepEqual(await kindsOf(false, qcow2), ['internal', 'disksOnly']);
    assert.deepEqual(await kindsOf(true, qcow2), ['internal', 'disksOnly', 'withMemory']);
    assert.deepEqual(await kindsOf(true, file('vda', '/a.img', 'raw')), ['disksOnly', 'withMemory']);
    assert.deepEqual(await kindsOf(true, rbd), []);
    assert.deepEqual(await kindsOf(true, block), []);
    assert.deepEqual(await kindsOf(false, qcow2, rbd), ['disksOnly']);
    assert.deepEqual(await kindsOf(true), []);
  });

  it('does not depend on what the guest cannot write to', async () => {
    const others = [readOnly, file('hda', '/cd.iso', 'raw', 'cdrom')];
    assert.deepEqual(await kindsOf(false, file('vda', '/a.qcow2'), ...others), ['internal', 'disksOnly']);
    assert.deepEqual(await kindsOf(false, ...others), []);
  });

  it('says which disks stand in the way', async () => {
    const offer = offerSnapshots(await disksOf(file('vda', '/a.qcow2'), file('vdb', '/b', 'raw'), rbd), true);
    assert.deepEqual(
      [offer.notInternal, offer.notExternal, offer.external].map((disks) =>
        disks.map(({ target }) => target),
      ),
      [['vdb', 'vdr'], ['vdr'], ['vda', 'vdb']],
    );
  });
});

describe('a new snapshot', () => {
  it('has files beside the disks, called as libvirt would call them', () => {
    const overlay = (path: string): string => overlayFile({ type: 'file', path }, 's');
    assert.equal(overlay('/images/web1.qcow2'), '/images/web1.s');
    assert.equal(overlay('/im.ages/web1'), '/im.ages/web1.s');
    assert.equal(overlay('/images/.hidden'), '/images/.hidden.s');
    assert.equal(overlay('/images/a.b.c'), '/images/a.b.s');
  });

  it('has its memory in a file whose name is one', async () => {
    const subject = { ref, disks: await disksOf(rbd, file('vdb', '/i/b.qcow2')) };
    assert.deepEqual(filesOf(subject, { ...wish, kind: 'withMemory' }), [
      { target: 'vdb', file: '/i/b.s' },
      { target: undefined, file: '/i/web_1-s.memory' },
    ]);
    assert.deepEqual(filesOf(subject, { ...wish, kind: 'internal' }), []);
  });

  it('is written with what is left out', async () => {
    const subject = { ref, disks: await disksOf(file('vda', '/i/a.qcow2'), rbd, readOnly) };
    const xml = snapshotXml(subject, { ...wish, name: `<s>'`, description: 'a & b' });
    assert.equal(
      xml,
      `<domainsnapshot>
  <name>&lt;s&gt;'</name>
  <description>a &amp; b</description>
  <disks>
    <disk name='vda' snapshot='external'>
      <driver type='qcow2'/>
      <source file='/i/a.&lt;s&gt;&apos;'/>
    </disk>
    <disk name='vdr' snapshot='no'/>
  </disks>
</domainsnapshot>
`,
    );
  });
});
