import assert from 'node:assert/strict';
import type { HostKnowledge, KnownDomain } from '../../../../src/rules/hostKnowledge.ts';
import { domainText } from '../domainText.ts';
import { found, foundOnce, host, otherUuid } from '../samples.ts';

const id = 'nvram-missing';
const uuid = 'aaaaaaaa-2222-4333-8444-555555555555';
const path = '/var/lib/libvirt/qemu/nvram/vm_VARS.fd';
const template = '/usr/share/OVMF/OVMF_VARS_4M.ms.fd';
const loader = '/usr/share/OVMF/OVMF_CODE_4M.fd';

const flash = (nvram: string, image = loader): string =>
  domainText({ uuid, inOs: `<loader readonly='yes' type='pflash'>${image}</loader>${nvram}` });
const chosen = (nvram: string): string => domainText({ uuid, osAttributes: ` firmware='efi'`, inOs: nvram });
const named = `<nvram>${path}</nvram>`;
const templated = `<nvram template='${template}'>${path}</nvram>`;

const vm: KnownDomain = { name: 'vm', uuid, isActive: false, macs: [], disks: [] };
const without = (missing: readonly string[], more: Partial<HostKnowledge> = {}): HostKnowledge =>
  host({ domains: [vm], missingFiles: new Set(missing), ...more });
/** A host whose libvirt knows these UEFI images of the machine that domainText() writes. */
const knowing = (...firmwareLoaders: readonly string[]): Partial<HostKnowledge> => {
  const kind = { architecture: 'x86_64', machine: 'q35', virtType: 'kvm' };
  const machine = { ...kind, emulator: '/usr/bin/qemu-system-x86_64', kinds: [kind], firmwareLoaders };
  const lists = { maxVcpus: undefined, cpuModels: { usable: [], unusable: [] }, values: new Map() };
  return { domainCapabilities: [{ ...machine, ...lists }] };
};

describe('nvram-missing', () => {
  it('finds the lost file of a domain whose template is named, chosen by libvirt or known to it', () => {
    for (const text of [
      flash(templated),
      chosen(named),
      flash(named),
      flash(`<nvram type='file' template='${template}'><source file='${path}'/></nvram>`),
    ]) {
      const { severity, message, fixes } = foundOnce(id, text, without([path], knowing(loader)));
      assert.equal(severity, 'warning');
      assert.ok(message.startsWith(`kvm1 has no file ${path}: libvirt makes it anew from the template`));
      assert.deepEqual(fixes, []);
    }
  });

  it('stands at the path', () => {
    assert.equal(foundOnce(id, flash(templated), without([path])).at, path);
    const asSource = `<nvram type='file'><source file='${path}'/></nvram>`;
    assert.equal(foundOnce(id, chosen(asSource), without([path])).at, path);
  });

  it('does not tell what is not known of the template', () => {
    const { severity, message } = foundOnce(id, flash(named), without([path]));
    assert.equal(severity, 'warning');
    assert.ok(message.endsWith(`does not start the domain if it knows no template for ${loader}.`));
    const builtIn = flash(named, '/usr/share/OVMF/OVMF_CODE.fd');
    assert.equal(foundOnce(id, builtIn, without([path], knowing(loader))).severity, 'warning');
  });

  it('is an error where there is nothing to make the file from, of a new domain too', () => {
    for (const domains of [[vm], []]) {
      const unknown = without([path], { ...knowing('/usr/share/other.fd'), domains });
      assert.equal(foundOnce(id, flash(named), unknown).severity, 'error');
      assert.match(foundOnce(id, flash(named), unknown).message, /knows no template for .*OVMF_CODE_4M\.fd/);
      const both = without([path, template], { domains });
      assert.equal(foundOnce(id, flash(templated), both).severity, 'error');
      assert.match(foundOnce(id, flash(templated), both).message, /neither the file .* nor its template/);
    }
  });

  it('says nothing of a domain that runs, by UUID or by name', () => {
    const running = without([path], { domains: [{ ...vm, isActive: true }] });
    assert.deepEqual(found(id, flash(templated), running), []);
    assert.deepEqual(found(id, flash(templated).replace(/<uuid>.*<\/uuid>/, ''), running), []);
  });

  it('says nothing of a new domain, whose file libvirt makes at the first start', () => {
    const others = [{ ...vm, name: 'other', uuid: otherUuid }];
    assert.deepEqual(found(id, flash(templated), without([path], { domains: others })), []);
    assert.deepEqual(found(id, chosen(named), without([path], { domains: [] })), []);
  });

  it('finds that a domain of another host has no file here', () => {
    const other = { hostName: 'kvm2', domainUuids: new Set([uuid]), secrets: [] };
    const moved = without([path], { domains: [], otherHosts: [other] });
    assert.equal(foundOnce(id, flash(templated), moved).severity, 'warning');
  });

  it('says nothing where nothing is known, and of what is there', () => {
    assert.deepEqual(found(id, flash(templated)), []);
    assert.deepEqual(found(id, flash(templated), host({ domains: [vm] })), []);
    assert.deepEqual(found(id, flash(templated), without([path], { domains: undefined })), []);
    assert.deepEqual(found(id, flash(templated), without([template, `${path}.old`])), []);
  });

  it('leaves it to another rule that the host has no UEFI to choose', () => {
    const offering = (values: readonly string[]): HostKnowledge => {
      const [machine] = knowing().domainCapabilities ?? [];
      assert.ok(machine);
      const capabilities = { ...machine, values: new Map([['os@firmware', values]]) };
      return without([path], { domainCapabilities: [capabilities] });
    };
    assert.deepEqual(found(id, chosen(named), offering([])), []);
    assert.equal(found('unavailable-device', chosen(named), offering([])).length, 1);
    assert.equal(foundOnce(id, chosen(named), offering(['efi'])).severity, 'warning');
  });

  it('says nothing of what is no file of UEFI', () => {
    for (const text of [
      domainText({ uuid, inOs: named }),
      domainText({ uuid, inOs: `<loader type='rom'>/bios.bin</loader>${named}` }),
      chosen('<nvram/>'),
      chosen(`<nvram type='network'><source protocol='iscsi' name='${path}'/></nvram>`),
      chosen(`<nvram type='block'><source dev='${path}'/></nvram>`),
      chosen('<nvram>vm_VARS.fd</nvram>'),
      chosen(`<nvram>${path}`),
      flash(templated).replace(`type='kvm'`, `type='bhyve'`),
    ]) {
      assert.deepEqual(found(id, text, without([path, 'vm_VARS.fd'])), [], text);
    }
  });
});
