import assert from 'node:assert/strict';
import { domainText } from '../domainText.ts';
import { fixed, found, foundOnce } from '../samples.ts';

const flash = (attributes = ''): string =>
  `<loader readonly='yes' type='pflash'${attributes}>/usr/share/OVMF/OVMF_CODE.fd</loader>`;

describe('uefi-without-acpi', () => {
  const id = 'uefi-without-acpi';

  it('finds UEFI, chosen or named, without ACPI, and adds it', () => {
    const chosen = domainText({ osAttributes: ` firmware='efi'` });
    assert.equal(foundOnce(id, chosen).at, `firmware='efi'`);
    assert.ok(fixed(id, chosen).includes('<features>\n    <acpi/>\n  </features>'));
    const named = domainText({ inOs: flash(), beforeDevices: '<features><apic/></features>' });
    assert.equal(foundOnce(id, named).at, 'loader');
    assert.ok(fixed(id, named).includes('<features><apic/><acpi/></features>'));
  });

  it('accepts ACPI, a BIOS, and other architectures', () => {
    const acpi = '<features><acpi/></features>';
    const arm = domainText({ osAttributes: ` firmware='efi'` }).replace('x86_64', 'aarch64');
    for (const text of [
      domainText({ osAttributes: ` firmware='efi'`, beforeDevices: acpi }),
      domainText({ osAttributes: ` firmware='bios'` }),
      domainText(),
      arm,
      domainText({ osAttributes: ` firmware='efi'`, beforeDevices: '<features><ac' }),
    ]) {
      assert.deepEqual(found(id, text), [], text);
    }
  });
});

describe('secure-boot-requirements', () => {
  const id = 'secure-boot-requirements';
  const secure = (features: string, machine = 'q35'): string =>
    domainText({ machine, inOs: flash(` secure='yes'`), beforeDevices: `<features>${features}</features>` });

  it('finds that SMM is missing or off, and switches it on', () => {
    assert.ok(fixed(id, secure('<acpi/>')).includes(`<acpi/><smm state='on'/>`));
    assert.ok(fixed(id, secure(`<smm state='off'/>`)).includes(`<smm state='on'/>`));
  });

  it('finds another machine', () => {
    assert.match(foundOnce(id, secure(`<smm state='on'/>`, 'pc')).message, /needs the machine q35, not pc/);
  });

  it('accepts what it needs, and loaders that are not secure', () => {
    for (const text of [
      secure(`<acpi/><smm state='on'/>`, 'pc-q35-7.2'),
      secure('<smm/>'),
      domainText({ machine: 'pc', inOs: flash(` secure='no'`) }),
    ]) {
      assert.deepEqual(found(id, text), [], text);
    }
  });
});

describe('nvram-without-uefi', () => {
  const id = 'nvram-without-uefi';
  const nvram = '<nvram>/var/lib/libvirt/qemu/nvram/vm_VARS.fd</nvram>';

  it('finds variables of no UEFI, and lets libvirt choose one', () => {
    assert.equal(foundOnce(id, domainText({ inOs: nvram })).at, 'nvram');
    assert.ok(fixed(id, domainText({ inOs: nvram })).includes(`<os firmware='efi'>`));
    assert.ok(!fixed(id, domainText({ inOs: nvram }), undefined, 'Remove <nvram>').includes('nvram'));
    const bios = domainText({ osAttributes: ` firmware='bios'`, inOs: nvram });
    assert.match(foundOnce(id, bios).message, /^A BIOS has no <nvram>/);
    assert.ok(fixed(id, bios).includes(`<os firmware='efi'>`));
  });

  it('accepts them with a loader and with a firmware that is chosen', () => {
    assert.deepEqual(found(id, domainText({ inOs: flash() + nvram })), []);
    assert.deepEqual(found(id, domainText({ osAttributes: ` firmware='efi'`, inOs: nvram })), []);
  });
});
