import assert from 'node:assert/strict';
import { domainText, fileDisk } from '../domainText.ts';
import { fixed, found, foundOnce, titles } from '../samples.ts';

const id = 'pci-slot-out-of-range';
const disk = (bus: string, slot: string, domain = '0x0000'): string =>
  fileDisk('vda', {
    inside: `<address type='pci' domain='${domain}' bus='${bus}' slot='${slot}' function='0x0'/>`,
  });
const controller = (index: number, model: string): string =>
  `<controller type='pci' index='${index}' model='${model}'/>`;

describe(id, () => {
  it('finds a second slot of a port, and knows the one that it has', () => {
    const text = domainText({ devices: `${controller(1, 'pcie-root-port')}\n${disk('0x01', '0x01')}` });
    const finding = foundOnce(id, text);
    assert.equal(finding.at, '0x01');
    assert.equal(finding.message, 'Bus 1 (pcie-root-port) has the slots 0 to 0: libvirt refuses this one.');
    assert.deepEqual(titles(finding.fixes), ['Write slot="0x00" *', 'Let libvirt choose the address']);
    assert.ok(fixed(id, text).includes("slot='0x00'"));
  });

  it('knows what libvirt adds for a bus that no controller makes', () => {
    const q35 = foundOnce(id, domainText({ devices: disk('5', '3') }));
    assert.match(q35.message, /^No controller makes bus 5: libvirt adds one of the model pcie-root-port/);
    assert.deepEqual(found(id, domainText({ devices: disk('5', '0') })), []);
    const onPc = (slot: string): string => domainText({ machine: 'pc', devices: disk('5', slot) });
    assert.match(foundOnce(id, onPc('0')).message, /of the model pci-bridge, which has the slots 1 to 31/);
    assert.deepEqual(found(id, onPc('3')), []);
    assert.ok(!fixed(id, onPc('0')).includes('<address'));
  });

  it('finds another PCI domain', () => {
    const text = domainText({ machine: 'pc-i440fx-7.2', devices: disk('0', '5', '0x0001') });
    assert.equal(foundOnce(id, text).at, '0x0001');
    assert.ok(fixed(id, text).includes("domain='0x00'"));
  });

  it('says nothing of machines whose buses it does not know, of addresses left open, and of what is good', () => {
    for (const text of [
      domainText({ machine: 'pseries', devices: disk('5', '0', '0x0001') }),
      domainText({ machine: 'virt-7.2', devices: disk('5', '3') }),
      domainText({ devices: disk('0', '0') }),
      domainText({ devices: disk('0', '0x1f') }),
      domainText({ devices: `${controller(1, 'pcie-to-pci-bridge')}${disk('1', '1')}` }),
      domainText({ devices: `${controller(1, 'dmi-to-pci-bridge')}${disk('1', '0')}` }),
      domainText({ devices: `${controller(1, 'unheard-of')}${disk('1', '7')}` }),
      domainText({ type: 'xen', devices: disk('5', '3') }),
    ]) {
      assert.deepEqual(found(id, text), [], text);
    }
  });
});
