import assert from 'node:assert/strict';
import type { HostKnowledge, KnownSecret } from '../../../../src/rules/hostKnowledge.ts';
import {
  auth,
  domain,
  fixed,
  found,
  foundOnce,
  host,
  otherUuid,
  poolXml,
  rbdDisk,
  secretUuid,
  titles,
} from '../samples.ts';

const cephSecret: KnownSecret = { uuid: secretUuid, usageType: 'ceph', usageId: 'client.libvirt secret' };
const domainUuid = 'aaaaaaaa-2222-4333-8444-555555555555';

const diskWith = (reference: string): string =>
  domain(rbdDisk({ auth: auth.replace(`uuid='${secretUuid}'`, reference) }));
const encrypted = domain(
  `<disk type='file'><source file='/a'><encryption format='luks'><secret type='passphrase' uuid='${otherUuid}'/></encryption></source></disk>`,
);

describe('secret-not-on-host', () => {
  const id = 'secret-not-on-host';

  it('finds a UUID that the host does not have, and offers those that it has', () => {
    const text = diskWith(`uuid='${otherUuid}'`);
    const { at, severity, message, fixes } = foundOnce(id, text, host());
    assert.deepEqual([at, severity, message], [otherUuid, 'warning', `kvm1 has no secret ${otherUuid}.`]);
    assert.deepEqual(titles(fixes), [`Use secret ${secretUuid} (client.libvirt secret) *`]);
    assert.equal(fixed(id, text, host()), domain(rbdDisk()));
  });

  it('finds a usage that the host does not have, for that type', () => {
    const text = diskWith(`usage='target'`);
    const iscsi: KnownSecret = { uuid: otherUuid, usageType: 'iscsi', usageId: 'target' };
    const { message } = foundOnce(id, text, host({ secrets: [cephSecret, iscsi] }));
    assert.equal(message, 'kvm1 has no secret "target".');
    assert.equal(fixed(id, text, host()), diskWith(`usage='client.libvirt secret'`));
  });

  it('finds it in pools and in what is encrypted', () => {
    assert.equal(found(id, poolXml(), host({ secrets: [] })).length, 1);
    assert.equal(foundOnce(id, encrypted, host()).at, otherUuid);
    assert.deepEqual(foundOnce(id, encrypted, host()).fixes, []);
  });

  it('prefers none of several', () => {
    const { fixes } = foundOnce(
      id,
      diskWith(`uuid='x'`),
      host({ secrets: [cephSecret, { ...cephSecret, uuid: otherUuid }] }),
    );
    assert.deepEqual(
      fixes.map(({ isPreferred }) => isPreferred),
      [false, false],
    );
  });

  it('knows a UUID in any writing, and says nothing without a host', () => {
    for (const reference of [
      `uuid='${secretUuid.replaceAll('-', '').toUpperCase()}'`,
      `usage='client.libvirt secret'`,
      `uuid=''`,
    ]) {
      assert.deepEqual(found(id, diskWith(reference), host()), []);
    }
    assert.deepEqual(found(id, diskWith(`uuid='${otherUuid}'`)), []);
  });
});

describe('secret-for-other-use', () => {
  const id = 'secret-for-other-use';
  const volume: KnownSecret = { uuid: otherUuid, usageType: 'volume', usageId: '/a' };

  it('finds a secret of another usage, and offers those that fit', () => {
    const knowledge = host({ secrets: [volume, cephSecret] });
    const text = diskWith(`uuid='${otherUuid}'`);
    const { at, severity, message } = foundOnce(id, text, knowledge);
    assert.deepEqual([at, severity], [otherUuid, 'warning']);
    assert.equal(message, 'This secret of kvm1 is for volume, here one for ceph is needed.');
    assert.equal(fixed(id, text, knowledge), domain(rbdDisk()));
  });

  it('leaves alone what fits, what is for any use, and what is not there', () => {
    assert.deepEqual(found(id, domain(rbdDisk()), host()), []);
    assert.deepEqual(
      found(id, domain(rbdDisk()), host({ secrets: [{ ...cephSecret, usageType: 'none' }] })),
      [],
    );
    assert.deepEqual(found(id, encrypted, host({ secrets: [volume] })), []);
    assert.deepEqual(found(id, encrypted, host()), []);
    assert.deepEqual(found(id, domain(rbdDisk())), []);
  });
});

describe('secret-without-value', () => {
  const id = 'secret-without-value';
  const knowing = (hasValue: boolean | undefined): HostKnowledge =>
    host({ secrets: [{ ...cephSecret, hasValue }] });

  it('finds a secret that the host has without a value', () => {
    const { at, severity, message, fixes } = foundOnce(id, poolXml(), knowing(false));
    assert.deepEqual([at, severity, fixes], [secretUuid, 'warning', []]);
    assert.match(message, /^Secret 11111111-.* of kvm1 has no value/);
    foundOnce(id, diskWith(`usage='client.libvirt secret'`), knowing(false));
  });

  it('leaves alone one with a value, and one of which the host does not tell', () => {
    assert.deepEqual(found(id, poolXml(), knowing(true)), []);
    assert.deepEqual(found(id, poolXml(), knowing(undefined)), []);
    assert.deepEqual(found(id, poolXml(), host({ secrets: [] })), []);
    assert.deepEqual(found(id, poolXml()), []);
  });
});

describe('secret-not-on-other-host', () => {
  const id = 'secret-not-on-other-host';
  const other = (secrets: readonly KnownSecret[], domainUuids = [domainUuid]): HostKnowledge =>
    host({ otherHosts: [{ hostName: 'kvm2', domainUuids: new Set(domainUuids), secrets }] });

  it('finds a secret that a host with the same domain lacks', () => {
    const { at, severity, message, fixes } = foundOnce(id, domain(rbdDisk()), other([]));
    assert.deepEqual([at, severity, fixes], [secretUuid, 'warning', []]);
    assert.match(message, /^kvm2 has this domain too, but no secret 11111111/);
  });

  it('refers to it by its usage where the other host has that', () => {
    const knowledge = other([{ ...cephSecret, uuid: otherUuid }]);
    assert.equal(
      fixed(
        id,
        domain(rbdDisk()),
        knowledge,
        'Refer to it by its usage, "client.libvirt secret", which all hosts have',
      ),
      diskWith(`usage='client.libvirt secret'`),
    );
  });

  it('finds a secret of that UUID for another use', () => {
    foundOnce(id, domain(rbdDisk()), other([{ uuid: secretUuid, usageType: 'volume', usageId: '/a' }]));
  });

  it('leaves alone other domains, other hosts that have it, and what this host lacks too', () => {
    assert.deepEqual(found(id, domain(rbdDisk()), other([cephSecret])), []);
    assert.deepEqual(found(id, domain(rbdDisk()), other([], [otherUuid])), []);
    assert.deepEqual(found(id, diskWith(`uuid='${otherUuid}'`), other([])), []);
    assert.deepEqual(found(id, domain(rbdDisk()).replace(/<uuid>.*<\/uuid>/, ''), other([])), []);
    assert.deepEqual(found(id, domain(rbdDisk()), host()), []);
  });
});
