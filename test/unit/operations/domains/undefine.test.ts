import assert from 'node:assert/strict';
import { DomainUndefine } from '../../../../src/libvirt/protocol/domainFlags.ts';
import { objections } from '../../../../src/operations/domains/undefine/deletableDisks.ts';
import {
  undefineFlags,
  type DomainRemains,
} from '../../../../src/operations/domains/undefine/domainRemains.ts';

const nothing: DomainRemains = {
  ...{ managedSave: false, snapshots: 0, checkpoints: 0, nvram: false, tpm: false },
  disks: [],
};
const all: DomainRemains = {
  ...{ managedSave: true, snapshots: 2, checkpoints: 1, nvram: true, tpm: true },
  disks: [],
};

describe('undefining', () => {
  it('says to libvirt only what the domain has: older ones know no other flags', () => {
    assert.equal(undefineFlags(nothing, { nvram: true, tpm: true }), 0);
  });

  it('keeps UEFI variables and the TPM only when told to', () => {
    const { managedSave, snapshotsMetadata, checkpointsMetadata, nvram, keepNvram, tpm, keepTpm } =
      DomainUndefine;
    const always = managedSave | snapshotsMetadata | checkpointsMetadata;
    assert.equal(undefineFlags(all, { nvram: true, tpm: true }), always | nvram | tpm);
    assert.equal(undefineFlags(all, { nvram: false, tpm: false }), always | keepNvram | keepTpm);
  });

  it('has objections to volumes that others need, and none to what the domain itself has open', () => {
    const own = { domain: 'web1', target: 'vda' };
    const findings = { openIn: [own], overlays: [], rbd: undefined };
    assert.deepEqual(objections(findings, 'web1'), []);
    assert.deepEqual(objections({ ...findings, overlays: ['a', 'b'] }, 'db1'), [
      'open in web1',
      'a, b is based on it',
    ]);
    const image = { pool: 'p', namespace: undefined, image: 'c' };
    const snapshot = { id: 1, name: 's', size: 1, protected: true, timestamp: '' };
    const rbd = {
      kind: 'known' as const,
      watchers: [{ address: '10.0.0.1:0/1', client: 1 }],
      snapshots: [snapshot],
      children: [image],
    };
    assert.deepEqual(objections({ openIn: [], overlays: [], rbd }, 'web1'), [
      'open by 10.0.0.1:0/1',
      'p/c is cloned from it',
      'has the snapshots s',
    ]);
    const unknown = { kind: 'unknown' as const, reason: 'no rbd' };
    assert.deepEqual(objections({ openIn: [], overlays: [], rbd: unknown }, 'web1'), []);
  });
});
