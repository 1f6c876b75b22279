import assert from 'node:assert/strict';
import { parseGuests } from '../../../../src/libvirt/model/capabilities.ts';
import { capabilityPlaces, openPlaces } from '../../../../src/libvirt/model/capabilityPlaces.ts';
import { parseDomainCapabilities } from '../../../../src/libvirt/model/domainCapabilities.ts';

describe('the model of capabilities', () => {
  it('has the guests with their machines and what runs them', async () => {
    const guests = await parseGuests(`<capabilities><host><uuid>x</uuid></host>
      <guest><os_type>hvm</os_type><arch name='x86_64'><wordsize>64</wordsize>
        <emulator>/usr/bin/qemu-system-x86_64</emulator>
        <machine maxCpus='288'>pc-q35-7.2</machine><machine canonical='pc-q35-7.2' maxCpus='288'>q35</machine>
        <domain type='qemu'/>
        <domain type='kvm'><emulator>/usr/bin/kvm</emulator><machine>kvm-only</machine></domain>
      </arch></guest>
      <guest><os_type>exe</os_type><arch name='i686'><domain type='lxc'/></arch></guest></capabilities>`);
    assert.deepEqual(guests, [
      {
        ...{ osType: 'hvm', architecture: 'x86_64', machines: ['pc-q35-7.2', 'q35', 'kvm-only'] },
        emulators: new Map([
          ['qemu', '/usr/bin/qemu-system-x86_64'],
          ['kvm', '/usr/bin/kvm'],
        ]),
        aliases: new Map([['q35', 'pc-q35-7.2']]),
      },
      {
        ...{ osType: 'exe', architecture: 'i686', machines: [], aliases: new Map() },
        emulators: new Map([['lxc', undefined]]),
      },
    ]);
  });

  it('has none of a driver that tells none', async () => {
    assert.deepEqual(await parseGuests('<capabilities/>'), []);
  });
});

describe('the model of domain capabilities', () => {
  const parse = async (parts: string): ReturnType<typeof parseDomainCapabilities> =>
    parseDomainCapabilities(`<domainCapabilities><path>/usr/bin/qemu-system-x86_64</path><domain>kvm</domain>
      <machine>pc-q35-7.2</machine><arch>x86_64</arch><vcpu max='288'/>${parts}</domainCapabilities>`);

  it('has what was asked for, with the defaults filled in', async () => {
    const { emulator, virtType, machine, architecture, maxVcpus } = await parse('');
    assert.deepEqual(
      { emulator, virtType, machine, architecture, maxVcpus },
      {
        ...{ emulator: '/usr/bin/qemu-system-x86_64', virtType: 'kvm', machine: 'pc-q35-7.2' },
        ...{ architecture: 'x86_64', maxVcpus: 288 },
      },
    );
  });

  it('has each list at its place', async () => {
    const { values, firmwareLoaders } = await parse(`<os supported='yes'>
        <enum name='firmware'><value>bios</value><value>efi</value></enum>
        <loader supported='yes'><value>/usr/share/OVMF/OVMF_CODE_4M.fd</value>
          <enum name='secure'><value>no</value><value>yes</value></enum></loader></os>
      <devices><disk supported='yes'><enum name='bus'><value>scsi</value><value>virtio</value></enum></disk>
        <hostdev supported='yes'><enum name='subsysType'><value>usb</value></enum><enum name='capsType'/></hostdev>
      </devices>
      <features><hyperv supported='yes'><enum name='features'><value>relaxed</value></enum></hyperv></features>`);
    assert.deepEqual([...values].sort(), [
      ['disk/target@bus', ['scsi', 'virtio']],
      ['features/hyperv/*', ['relaxed']],
      ['hostdev[@mode=capabilities]@type', []],
      ['hostdev[@mode=subsystem]@type', ['usb']],
      ['os/loader@secure', ['no', 'yes']],
      ['os@firmware', ['bios', 'efi']],
    ]);
    assert.deepEqual(firmwareLoaders, ['/usr/share/OVMF/OVMF_CODE_4M.fd']);
  });

  it('has empty lists where the host has nothing of the kind, and none where it does not say', async () => {
    const { values } = await parse(`<devices><tpm supported='no'><enum name='model'/></tpm></devices>`);
    assert.deepEqual([...values].sort(), [
      ['tpm/backend@type', []],
      ['tpm/backend@version', []],
      ['tpm@model', []],
    ]);
  });

  it('has the CPU modes that are supported, and the models with their verdict', async () => {
    const { values, cpuModels } = await parse(`<cpu>
      <mode name='host-passthrough' supported='no'/><mode name='maximum' supported='yes'/>
      <mode name='host-model' supported='yes'><model fallback='forbid'>EPYC</model></mode>
      <mode name='custom' supported='yes'><model usable='yes' vendor='Intel'>Broadwell</model>
        <model usable='no'>EPYC-Rome</model><model>z13</model></mode></cpu>`);
    assert.deepEqual(values.get('cpu@mode'), ['maximum', 'host-model', 'custom']);
    assert.deepEqual(cpuModels, [
      { name: 'Broadwell', usable: 'yes' },
      { name: 'EPYC-Rome', usable: 'no' },
      { name: 'z13', usable: undefined },
    ]);
  });

  it('finds every list of the table where the table says', async () => {
    const opened = (path: string, inner: string): string =>
      path.split('/').reduceRight((inside, name) => `<${name}>${inside}</${name}>`, inner);
    for (const { place, element, enumeration } of capabilityPlaces) {
      const list = `<enum name='${enumeration}'><value>${place}</value></enum>`;
      const { values } = await parse(opened(element, list));
      assert.deepEqual(values.get(place), [place]);
    }
  });

  it('knows every place that is open', () => {
    const places = new Set(capabilityPlaces.map(({ place }) => place));
    assert.deepEqual(
      [...openPlaces].filter((place) => !places.has(place)),
      [],
    );
  });
});
