import assert from 'node:assert/strict';
import { renamedPath, replaceName } from '../../../../src/operations/cloneDomain/cloneEdits.ts';
import {
  cloneXml,
  type ClonedDisk,
  type CloneIdentity,
} from '../../../../src/operations/cloneDomain/cloneXml.ts';

const uuid = '11111111-1111-4111-8111-111111111111';
const identity: CloneIdentity = {
  name: 'web2',
  uuid: '22222222-2222-4222-8222-222222222222',
  macs: ['52:54:00:00:00:02'],
  disks: new Map(),
  nvram: undefined,
};

function domain(devices: string, more = ''): string {
  return `<domain type='kvm'>
  <name>web1</name>
  <uuid>${uuid}</uuid>
  ${more}
  <devices>
    ${devices}
  </devices>
</domain>
`;
}

function cloned(devices: string, changes: Partial<CloneIdentity> = {}, more = ''): string {
  return cloneXml(domain(devices, more), { ...identity, ...changes }).xml;
}

function disks(disk: ClonedDisk): Pick<CloneIdentity, 'disks'> {
  return { disks: new Map([['vda', disk]]) };
}

describe('the XML of a clone', () => {
  it('has its own name and UUID, and all else as it was written', () => {
    const original = domain(
      '<!-- kept --><emulator >/usr/bin/qemu</emulator>',
      "<title>web1's &amp; more</title>",
    );
    const expected = original.replace('>web1<', '>web2<').replace(uuid, identity.uuid);
    assert.equal(cloneXml(original, identity).xml, expected);
  });

  it('has a name that is escaped', () => {
    assert.match(cloned('', { name: `a<b>&'"` }), /<name>a&lt;b&gt;&amp;'"<\/name>/);
  });

  it('is another machine to the guest: UUID, serial numbers and generation in the firmware', () => {
    const xml = cloned(
      '',
      {},
      `<genid>0</genid><sysinfo type='smbios'><system><entry name='serial'>web1</entry>
      <entry name='uuid'>${uuid}</entry><entry name='product'>p</entry></system><baseBoard>
      <entry name='serial'>XK-1</entry>
      <entry name='asset'>a</entry></baseBoard></sysinfo>`,
    );
    assert.match(xml, /<genid><\/genid>/);
    assert.match(xml, /'serial'>web2</);
    assert.ok(xml.includes(`'uuid'>${identity.uuid}<`));
    assert.match(xml, /'product'>p</);
    assert.match(xml, /'asset'>a</);
    assert.doesNotMatch(xml, /XK-1/);
  });

  it('has its own MAC address, and no name for the host’s end', () => {
    const xml = cloned(`<interface type='bridge'>
      <mac address='52:54:00:00:00:01'/>
      <source bridge='br0'/>
      <virtualport type='openvswitch'><parameters interfaceid='x' profileid='p'/></virtualport>
      <target dev='tap-web1'/>
    </interface>`);
    assert.match(xml, /<mac address='52:54:00:00:00:02'\/>/);
    assert.match(xml, /<parameters profileid='p'\/>/);
    assert.doesNotMatch(xml, /tap-web1|interfaceid/);
  });

  it('has ports and sockets of its own for its display, and keeps the password', () => {
    const xml = cloned(`<graphics type='vnc' port='5901' autoport='no' websocket='5701' passwd='s'>
      <listen type='socket' socket='/run/web1.sock'/></graphics>
    <graphics type='spice' tlsPort='5902'/>
    <graphics type='vnc' port='-1' autoport='yes'/>`);
    assert.match(xml, /<graphics type='vnc' port='-1' autoport='yes' websocket='-1' passwd='s'>/);
    assert.match(xml, /<listen type='socket'\/>/);
    assert.match(xml, /<graphics type='spice' port='-1' autoport='yes'\/>/);
  });

  it('has channels whose paths libvirt chooses, and logs under its own name', () => {
    const xml = cloned(`<channel type='unix'>
      <source mode='bind' path='/var/lib/libvirt/qemu/channel/target/domain-1-web1/agent'/>
      <target type='virtio' name='org.qemu.guest_agent.0'/>
    </channel>
    <serial type='pty'><log file='/var/log/web1-serial.log' append='off'/></serial>
    <serial type='file'><source path='/var/log/boot.log'/></serial>
    <serial type='unix'><source mode='bind' path='/run/web1.serial'/></serial>
    <channel type='unix'><source mode='connect' path='/run/proxy'/></channel>`);
    assert.doesNotMatch(xml, /domain-1-web1/);
    assert.match(xml, /'\/var\/log\/web2-serial\.log'/);
    assert.match(xml, /'\/var\/log\/boot-web2\.log'/);
    assert.match(xml, /'\/run\/web2\.serial'/);
    assert.match(xml, /mode='connect' path='\/run\/proxy'/);
  });

  describe('has disks', () => {
    const rbd = `<disk type='network' device='disk'>
      <driver name='qemu' type='raw'/>
      <source protocol='rbd' name='pool/web1'><host name='mon'/></source>
      <backingStore/>
      <target dev='vda' bus='virtio'/>
      <serial>S1</serial>
      <wwn>5000c50015ea71aa</wwn>
    </disk>`;
    const file = `<disk type='file' device='disk'><driver name='qemu' type='raw'/><source file='/i/a.img'/>
      <target dev='vda'/></disk>`;

    it('that are the same, where nothing is said', () => {
      assert.ok(cloned(rbd).includes(rbd));
    });

    it('of other RBD images; the serial number stays, what is unique in the world does not', () => {
      const xml = cloned(rbd, disks({ kind: 'image', name: 'pool/ns/web2' }));
      assert.match(xml, /<source protocol='rbd' name='pool\/ns\/web2'><host name='mon'\/><\/source>/);
      assert.match(xml, /<serial>S1<\/serial>/);
      assert.doesNotMatch(xml, /wwn|backingStore/);
    });

    it('of other files and devices, in another format where it is one', () => {
      const overlay = cloned(file, disks({ kind: 'path', path: "/i/it's.qcow2", format: 'qcow2' }));
      assert.match(overlay, /<driver name='qemu' type='qcow2'\/><source file='\/i\/it&apos;s\.qcow2'\/>/);
      const block = file.replace("type='file'", "type='block'").replace('file=', 'dev=');
      const copied = cloned(block, disks({ kind: 'path', path: '/dev/vg/b', format: undefined }));
      assert.match(copied, /type='raw'\/><source dev='\/dev\/vg\/b'\/>/);
    });

    it('of other volumes', () => {
      const volume = `<disk type='volume'><source pool='p' volume='a'/><target dev='vda'/></disk>`;
      const xml = cloned(volume, disks({ kind: 'volume', volume: 'b', format: undefined }));
      assert.match(xml, /<source pool='p' volume='b'\/>/);
    });

    it('fewer, where one is left out', () => {
      assert.doesNotMatch(cloned(file, disks({ kind: 'left out' })), /<disk/);
    });
  });

  it('has UEFI variables of its own, or none so that libvirt makes them', () => {
    const os = `<os><nvram template='/t.fd'>/nvram/web1_VARS.fd</nvram></os>`;
    assert.match(
      cloned('', { nvram: '/nvram/web2_VARS.fd' }, os),
      /template='\/t.fd'>\/nvram\/web2_VARS.fd</,
    );
    assert.match(cloned('', {}, os), /<nvram template='\/t.fd'><\/nvram>/);
    assert.doesNotMatch(cloned('', {}, '<os><nvram>/nvram/web1_VARS.fd</nvram></os>'), /nvram/);
  });

  it('gets a vsock address when it starts', () => {
    assert.match(cloned("<vsock><cid auto='no' address='3'/></vsock>"), /<cid auto='yes'\/>/);
  });

  it('comes with what both still share', () => {
    const of = (devices: string): number => cloneXml(domain(devices), identity).notices.length;
    assert.equal(of("<disk/><channel type='unix'/>"), 0);
    assert.equal(of("<hostdev mode='subsystem'/><filesystem/><tpm/>"), 3);
    assert.equal(of("<serial type='tcp'><source mode='bind' host='0.0.0.0' service='1'/></serial>"), 1);
    assert.equal(of("<serial type='tcp'><source mode='connect' host='a' service='1'/></serial>"), 0);
  });
});

describe('names of what belongs to a clone', () => {
  it('have the new name in place of the old one, where that is a word', () => {
    assert.equal(replaceName('web1-data', 'web1', 'web2'), 'web2-data');
    assert.equal(replaceName('web10', 'web1', 'web2'), undefined);
    assert.equal(replaceName('web10_web1.img', 'web1', 'web2'), 'web10_web2.img');
    assert.equal(replaceName('a$&b', '$&', '$1'), undefined);
    assert.equal(replaceName('x', '', 'y'), undefined);
  });

  it('or have it added to the name of the file', () => {
    assert.equal(renamedPath('/web1/boot.log', 'web1', 'web2'), '/web1/boot-web2.log');
    assert.equal(renamedPath('/var/web1.fd', 'web1', 'web2'), '/var/web2.fd');
  });
});
