import assert from 'node:assert/strict';
import { parsePoolCapabilities } from '../../../../src/libvirt/model/poolCapabilities.ts';
import { parsePoolSources } from '../../../../src/libvirt/model/poolSources.ts';

describe('what a host has for pools', () => {
  it('is read by type, with the formats of its sources', async () => {
    const types = await parsePoolCapabilities(`<storagepoolCapabilities>
      <pool type='fs' supported='yes'>
        <poolOptions><defaultFormat type='auto'/>
          <enum name='sourceFormatType'><value>auto</value><value>ext4</value></enum></poolOptions>
        <volOptions><enum name='targetFormatType'><value>raw</value></enum></volOptions>
      </pool>
      <pool type='iscsi-direct' supported='no'></pool>
    </storagepoolCapabilities>`);
    assert.deepEqual(
      [...types],
      [
        ['fs', { supported: true, sourceFormats: ['auto', 'ext4'] }],
        ['iscsi-direct', { supported: false, sourceFormats: [] }],
      ],
    );
  });

  it('is found by name, by folder and by device', async () => {
    const sources = await parsePoolSources(`<sources>
      <source><device path='/dev/sdb'/><device path='/dev/sdc'/><name>vg0</name><format type='lvm2'/></source>
      <source><host name='nfs1'/><dir path='/export/a'/><format type='nfs'/></source>
    </sources>`);
    assert.deepEqual(sources, [
      {
        ...{ name: 'vg0', hosts: [], devices: ['/dev/sdb', '/dev/sdc'] },
        ...{ directory: undefined, format: 'lvm2' },
      },
      {
        ...{ name: undefined, hosts: [{ name: 'nfs1', port: undefined }], devices: [] },
        ...{ directory: '/export/a', format: 'nfs' },
      },
    ]);
    assert.deepEqual(await parsePoolSources('<sources>\n</sources>'), []);
  });
});
