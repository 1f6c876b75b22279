import assert from 'node:assert/strict';
import { domainCapabilitiesFor } from '../../../src/rules/domainKind.ts';
import type { KnownDomainCapabilities } from '../../../src/rules/hostKnowledge.ts';

const q35: KnownDomainCapabilities = {
  ...{ emulator: '/usr/bin/qemu', architecture: 'x86_64', machine: 'pc-q35-7.2', virtType: 'kvm' },
  kinds: [{ machine: 'q35', virtType: 'kvm' }, { machine: 'pc-q35-7.2' }],
  ...{ maxVcpus: 288, cpuModels: { usable: [], unusable: [] }, firmwareLoaders: [], values: new Map() },
};
const byDefault: KnownDomainCapabilities = { ...q35, machine: 'pc-i440fx-7.2', kinds: [{}] };

describe('the capabilities for a kind of domain', () => {
  const known = { domainCapabilities: [byDefault, q35] };

  it('are those that were asked for in the same words', () => {
    assert.equal(domainCapabilitiesFor(known, { machine: 'q35', virtType: 'kvm' }), q35);
    assert.equal(domainCapabilitiesFor(known, { machine: 'pc-q35-7.2', virtType: undefined }), q35);
    assert.equal(domainCapabilitiesFor(known, {}), byDefault);
  });

  it('are unknown for another kind, and as long as nothing was read', () => {
    assert.equal(domainCapabilitiesFor(known, { machine: 'q35', virtType: 'qemu' }), undefined);
    assert.equal(domainCapabilitiesFor({}, {}), undefined);
  });
});
