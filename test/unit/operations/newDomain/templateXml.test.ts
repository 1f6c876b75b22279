import assert from 'node:assert/strict';
import { parseDomain } from '../../../../src/libvirt/model/domain.ts';
import {
  fromTemplate,
  isDomainXml,
  templateDisks,
} from '../../../../src/operations/newDomain/template/templateXml.ts';

const template = `<!-- our standard -->
<domain type='kvm' id='7'>
  <name>old</name>
  <uuid>3f2b1c9a-7d54-4e0b-9a16-5c8e2d7f4b60</uuid>
  <genid>3f2b1c9a-7d54-4e0b-9a16-5c8e2d7f4b61</genid>
  <title>Kept</title>
  <memory unit='GiB'>2</memory>
  <os>
    <type arch='x86_64'>hvm</type>
    <nvram template='/usr/share/OVMF/VARS.fd'>/var/lib/libvirt/qemu/nvram/old_VARS.fd</nvram>
  </os>
  <devices>
    <disk type='file' device='disk'>
      <driver name='qemu' type='qcow2' cache='none'/>
      <source file='/images/old.qcow2' index='2'/>
      <backingStore type='file'><format type='raw'/><source file='/images/base.img'/></backingStore>
      <target dev='vda' bus='virtio'/>
    </disk>
    <disk type='network' device='disk'>
      <driver name='qemu' type='raw'/>
      <auth username='libvirt'><secret type='ceph' uuid='3f2b1c9a-7d54-4e0b-9a16-5c8e2d7f4b60'/></auth>
      <source protocol='rbd' name='vms/old-data'><host name='mon1'/></source>
      <target dev='vdb' bus='virtio'/>
    </disk>
    <disk type='file' device='disk'><source file='/images/shared.img'/><target dev='vdc'/><shareable/></disk>
    <disk type='file' device='cdrom'><source file='/images/a.iso'/><target dev='sda' bus='sata'/><readonly/></disk>
    <interface type='network'>
      <mac address='52:54:00:aa:bb:cc'/>
      <source network='default'/>
    </interface>
    <channel type='unix'>
      <source mode='bind' path='/var/lib/libvirt/qemu/channel/target/domain-7-old/org.qemu.guest_agent.0'/>
      <target type='virtio' name='org.qemu.guest_agent.0'/>
    </channel>
  </devices>
</domain>
`;

describe('a template', () => {
  it('gives a domain with another name and nothing that two domains must not share', () => {
    const xml = fromTemplate(template, `new <1> & "2"`, new Map());
    assert.match(xml, /<name>new &lt;1&gt; &amp; "2"<\/name>/);
    assert.doesNotMatch(xml, /<uuid>|<genid>|<mac |old_VARS|domain-7-old/);
    assert.match(xml, /^<!-- our standard -->/);
    assert.match(xml, /<title>Kept<\/title>/);
    assert.match(xml, /<nvram template='\/usr\/share\/OVMF\/VARS.fd'><\/nvram>/);
    assert.match(xml, /<channel type='unix'>\s*<target/);
  });

  it('has the disks that a second domain would need of its own', () => {
    assert.deepEqual(templateDisks(template), [
      { target: 'vda', path: '/images/old.qcow2', format: 'qcow2' },
      { target: 'vdb', path: 'vms/old-data', format: 'raw' },
    ]);
  });

  it('takes new disks in the place of the old, of another kind too', async () => {
    const xml = fromTemplate(
      template,
      'new',
      new Map([
        [
          'vda',
          {
            kind: 'rbd' as const,
            image: 'vms/new',
            monitors: [{ name: 'mon1', port: 6789 }],
            auth: { username: 'libvirt', secretUuid: '3f2b1c9a-7d54-4e0b-9a16-5c8e2d7f4b60' },
          },
        ],
        ['vdb', { kind: 'file' as const, path: '/images/new-vdb.qcow2', format: 'qcow2' }],
      ]),
    );
    const { disks } = await parseDomain(xml);
    assert.deepEqual(
      disks.map(({ target, source, format }) => [
        target,
        source?.type === 'network' ? source.name : source?.type === 'file' && source.path,
        format,
      ]),
      [
        ['vda', 'vms/new', 'raw'],
        ['vdb', '/images/new-vdb.qcow2', 'qcow2'],
        ['vdc', '/images/shared.img', undefined],
        ['sda', '/images/a.iso', undefined],
      ],
    );
    assert.equal(disks[0]?.cache, 'none');
    assert.doesNotMatch(xml, /backingStore|old-data|old\.qcow2/);
    assert.equal(xml.match(/<auth/g)?.length, 1);
  });

  it('is a domain without broken markup, and nothing else', () => {
    assert.equal(isDomainXml(template), true);
    assert.equal(isDomainXml('<network><name>a</name></network>'), false);
    assert.equal(isDomainXml('<domain><name>a</domain>'), false);
    assert.equal(isDomainXml(''), false);
  });
});
