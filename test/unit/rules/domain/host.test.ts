import assert from 'node:assert/strict';
import type {
  HostKnowledge,
  KnownDomainCapabilities,
  KnownGuest,
} from '../../../../src/rules/hostKnowledge.ts';
import { domainText, fileDisk } from '../domainText.ts';
import { fixed, found, foundOnce, host, titles } from '../samples.ts';

const guest: KnownGuest = {
  architecture: 'x86_64',
  osType: 'hvm',
  virtTypes: ['qemu', 'kvm'],
  emulator: '/usr/bin/qemu-system-x86_64',
  machines: ['pc-q35-7.2', 'q35', 'pc-i440fx-7.2', 'pc'],
  aliases: new Map([['q35', 'pc-q35-7.2']]),
};
const withGuest = (change: Partial<KnownGuest> = {}): HostKnowledge =>
  host({ guests: [{ ...guest, ...change }] });

describe('unavailable-virt-type', () => {
  const id = 'unavailable-virt-type';

  it('finds KVM where there is none', () => {
    const knowledge = withGuest({ virtTypes: ['qemu'] });
    assert.equal(
      foundOnce(id, domainText(), knowledge).message,
      'kvm1 does not offer kvm for x86_64 guests.',
    );
    assert.ok(fixed(id, domainText(), knowledge).startsWith(`<domain type='qemu'>`));
  });

  it('says nothing of what the host has, of another architecture, and without knowledge', () => {
    assert.deepEqual(found(id, domainText(), withGuest()), []);
    assert.deepEqual(found(id, domainText(), withGuest({ architecture: 'aarch64', virtTypes: [] })), []);
    assert.deepEqual(found(id, domainText({ type: 'xen' }), host()), []);
    assert.deepEqual(found(id, domainText({ type: 'xen' })), []);
  });
});

describe('unavailable-machine', () => {
  const id = 'unavailable-machine';

  it('finds a machine of a newer QEMU, and offers the alias and what looks like it', () => {
    const text = domainText({ machine: 'pc-q35-9.2' });
    assert.equal(foundOnce(id, text, withGuest()).at, 'pc-q35-9.2');
    assert.deepEqual(titles(foundOnce(id, text, withGuest()).fixes), ['Use q35', 'Use pc-q35-7.2']);
    assert.ok(fixed(id, text, withGuest()).includes(`machine='q35'`));
  });

  it('says nothing of what the host has, and of another emulator', () => {
    assert.deepEqual(found(id, domainText(), withGuest()), []);
    const emulator = domainText({ machine: 'new', devices: '<emulator>/opt/qemu</emulator>' });
    assert.deepEqual(found(id, emulator, withGuest()), []);
    assert.deepEqual(found(id, domainText({ machine: 'new' }), host()), []);
  });
});

/** Of the kind that domainText() writes. */
const capabilities: KnownDomainCapabilities = {
  emulator: '/usr/bin/qemu-system-x86_64',
  architecture: 'x86_64',
  kinds: [{ emulator: undefined, architecture: 'x86_64', machine: 'q35', virtType: 'kvm' }],
  machine: 'pc-q35-7.2',
  virtType: 'kvm',
  maxVcpus: 288,
  cpuModels: { usable: ['qemu64', 'Skylake-Server'], unusable: ['EPYC'] },
  firmwareLoaders: [],
  values: new Map([
    ['disk/target@bus', ['fdc', 'scsi', 'virtio', 'usb', 'sata']],
    ['video/model@type', ['vga', 'virtio', 'none', 'bochs']],
    ['os@firmware', ['bios']],
  ]),
};
const capable = host({ domainCapabilities: [capabilities] });

describe('unavailable-cpu-model', () => {
  const id = 'unavailable-cpu-model';
  const withModel = (model: string, cpu = `mode='custom' match='exact'`): string =>
    domainText({ beforeDevices: `<cpu ${cpu}>${model}</cpu>` });

  it('tells a model that the processor cannot be from one that QEMU does not know', () => {
    const unusable = withModel(`<model fallback='forbid'>EPYC</model>`);
    assert.equal(
      foundOnce(id, unusable, capable).message,
      'The processor of kvm1 lacks features of EPYC: the domain does not start.',
    );
    const misspelt = withModel('<model>Skylake-Servr</model>');
    assert.match(foundOnce(id, misspelt, capable).message, /does not know the CPU model Skylake-Servr/);
    assert.ok(fixed(id, misspelt, capable).includes('<model>Skylake-Server</model>'));
  });

  it('accepts models that work, or that libvirt may replace, and other modes', () => {
    for (const text of [
      withModel('<model>qemu64</model>'),
      withModel(`<model fallback='allow'>EPYC</model>`),
      withModel('<model>EPYC</model>', `mode='host-model'`),
      withModel('<model></model>'),
    ]) {
      assert.deepEqual(found(id, text, capable), [], text);
    }
    assert.deepEqual(found(id, withModel('<model>x</model>'), host()), []);
  });
});

describe('too-many-vcpus', () => {
  it('finds more than the machine can have on the host', () => {
    const text = (count: number): string => domainText({ vcpu: `<vcpu>${count}</vcpu>` });
    assert.equal(
      foundOnce('too-many-vcpus', text(289), capable).message,
      'The machine pc-q35-7.2 has 288 CPUs at most on kvm1.',
    );
    assert.deepEqual(found('too-many-vcpus', text(288), capable), []);
    assert.deepEqual(found('too-many-vcpus', text(289), host()), []);
  });
});

describe('unavailable-device', () => {
  const id = 'unavailable-device';
  const video = (model: string): string => `<video><model type='${model}'/></video>`;

  it('finds a model that the host does not offer, and offers what looks like it', () => {
    const text = domainText({ devices: video('virtoi') });
    assert.equal(
      foundOnce(id, text, capable).message,
      'QEMU on kvm1 does not offer type="virtoi" for <model>.',
    );
    assert.ok(fixed(id, text, capable).includes(video('virtio')));
  });

  it('finds a bus and a firmware', () => {
    assert.equal(foundOnce(id, domainText({ devices: fileDisk('sda', { bus: 'ide' }) }), capable).at, 'ide');
    const efi = domainText({ osAttributes: ` firmware='efi'` });
    assert.deepEqual(titles(foundOnce(id, efi, capable).fixes), ['Use bios *']);
  });

  it('accepts what is offered, and says nothing of what the host does not tell', () => {
    const text = domainText({ devices: `${video('bochs')}<rng model='unheard-of'/>` });
    assert.deepEqual(found(id, text, capable), []);
    assert.deepEqual(found(id, domainText({ machine: 'pc', devices: video('x') }), capable), []);
    assert.deepEqual(found(id, domainText({ devices: `<video><model type='x'` }), capable), []);
  });
});

describe('domain-already-defined', () => {
  const id = 'domain-already-defined';
  const uuid = 'aaaaaaaa-2222-4333-8444-555555555555';
  const others = host({
    domains: ['vm', 'vm-2'].map((name, index) => ({
      name,
      uuid: uuid.replace('a', `${index}`),
      isActive: false,
      macs: [],
      disks: [],
    })),
  });
  const own = '0aaaaaaa-2222-4333-8444-555555555555';

  it('finds the name of a domain with another UUID, and offers to replace that or another name', () => {
    const text = domainText({ uuid });
    assert.equal(foundOnce(id, text, others).at, 'vm');
    assert.ok(fixed(id, text, others).includes(`<uuid>${own}</uuid>`));
    assert.ok(fixed(id, text, others, 'Call it vm-3').includes('<name>vm-3</name>'));
  });

  it('finds the name when the document has no UUID, and adds that of the domain', () => {
    assert.ok(fixed(id, domainText(), others).includes(`<name>vm</name>\n  <uuid>${own}</uuid>`));
  });

  it('finds the UUID of a domain with another name, and takes it away', () => {
    const text = domainText({ name: 'new', uuid: own });
    assert.equal(foundOnce(id, text, others).at, own);
    assert.ok(!fixed(id, text, others).includes('<uuid>'));
  });

  it('accepts the domain itself, a new one, and what a snapshot keeps', () => {
    assert.deepEqual(found(id, domainText({ uuid: own.toUpperCase() }), others), []);
    assert.deepEqual(found(id, domainText({ name: 'new' }), others), []);
    assert.deepEqual(found(id, `<domainsnapshot>${domainText()}</domainsnapshot>`, others), []);
    assert.deepEqual(found(id, domainText(), host()), []);
  });
});
