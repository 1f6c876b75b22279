import assert from 'node:assert/strict';
import { isExternal, parseSnapshot } from '../../../../src/libvirt/model/snapshot.ts';

describe('the model of a snapshot', () => {
  it('has all that libvirt tells', async () => {
    const model = await parseSnapshot(`<domainsnapshot><name>m1</name><description>d</description>
      <state>running</state><parent><name>e1</name></parent><creationTime>1795263305</creationTime>
      <memory snapshot='external' file='/m1.mem'/>
      <disks>
        <disk name='vda' snapshot='external' type='file'><driver type='qcow2'/><source file='/a.m1'/></disk>
        <disk name='vdb' snapshot='manual'/><disk name='hda' snapshot='no'/>
      </disks>
      <domain type='qemu'><name>cache1</name><description>not this</description></domain>
    </domainsnapshot>`);
    assert.deepEqual(model, {
      name: 'm1',
      description: 'd',
      state: 'running',
      createdAt: 1795263305,
      parent: 'e1',
      memory: 'external',
      memoryFile: '/m1.mem',
      disks: [
        { target: 'vda', location: 'external', file: '/a.m1' },
        { target: 'vdb', location: 'external', file: undefined },
        { target: 'hda', location: 'no', file: undefined },
      ],
    });
    assert.equal(isExternal(model), true);
  });

  it('knows where memory is of which an old libvirt says nothing', async () => {
    const memoryOf = async (state: string): Promise<string> =>
      (await parseSnapshot(`<domainsnapshot><name>s</name><state>${state}</state></domainsnapshot>`)).memory;
    assert.equal(await memoryOf('running'), 'internal');
    assert.equal(await memoryOf('shutoff'), 'no');
    assert.equal(await memoryOf('disk-snapshot'), 'no');
  });
});
