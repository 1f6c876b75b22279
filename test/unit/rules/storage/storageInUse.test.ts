import assert from 'node:assert/strict';
import type { HostKnowledge, KnownDisk, KnownDomain } from '../../../../src/rules/hostKnowledge.ts';
import { domain, fixed, found, foundOnce, host, rbdDisk, titles } from '../samples.ts';

const id = 'storage-in-use';
const text = domain(rbdDisk());
const shared = domain(rbdDisk().replace('</disk>', '  <shareable/>\n</disk>'));

/** A host with another domain that has this disk. */
function beside(disk: Partial<KnownDisk> = {}, change: Partial<KnownDomain> = {}): HostKnowledge {
  const known = { target: 'vda', storage: 'rbd:vms/a', isShareable: false, isReadOnly: false, ...disk };
  return host({
    domains: [{ name: 'other', uuid: 'b', isActive: true, macs: [], disks: [known], ...change }],
  });
}

const plainDisk = (type: string, source: string, more = ''): string =>
  `<disk type='${type}'${more}>\n  <source ${source}/>\n  <target dev='sda'/>\n</disk>`;

describe(id, () => {
  it('finds an image of a domain that is running', () => {
    const { at, severity, message, fixes } = foundOnce(id, text, beside());
    assert.deepEqual([at, severity, fixes], ['source', 'warning', []]);
    assert.match(message, /^vms\/a is a disk of domain other too, which is running/);
  });

  it('gives information while the other domain does not run', () => {
    const { severity, message } = foundOnce(id, text, beside({}, { isActive: false }));
    assert.equal(severity, 'information');
    assert.match(message, /^vms\/a is a disk of domain other too, which is not running/);
  });

  it('names the one that runs of several', () => {
    const { domains = [] } = beside();
    const idle = domains.map((other) => ({ ...other, name: 'idle', uuid: 'c', isActive: false }));
    assert.match(foundOnce(id, text, host({ domains: [...idle, ...domains] })).message, /domain other too/);
  });

  it('finds every kind of storage', () => {
    for (const [disk, storage] of [
      [rbdDisk({ inSource: `<snapshot name='s'/>` }), 'rbd:vms/a@s'],
      [plainDisk('file', `file='/a b'`), 'file:/a b'],
      [plainDisk('block', `dev='/dev/vg/lv'`), 'block:/dev/vg/lv'],
      [plainDisk('dir', `dir='/d'`), 'dir:/d'],
      [plainDisk('volume', `pool='p' volume='v'`), 'volume:p/v'],
    ] as const) {
      foundOnce(id, domain(disk), beside({ storage }));
    }
  });

  it('offers to share where the others do', () => {
    const knowledge = beside({ isShareable: true });
    assert.deepEqual(titles(foundOnce(id, text, knowledge).fixes), [
      'Share it: the guests keep each other from damage',
    ]);
    assert.equal(fixed(id, text, knowledge), shared);
  });

  it('leaves alone what all share, what all only read, and drives without a medium', () => {
    assert.deepEqual(found(id, shared, beside({ isShareable: true })), []);
    const storage = 'file:/iso';
    const cdrom = domain(plainDisk('file', `file='/iso'`, ` device='cdrom'`));
    assert.deepEqual(found(id, cdrom, beside({ storage, isReadOnly: true })), []);
    foundOnce(id, cdrom, beside({ storage }));
    const transient = (more: string): string => rbdDisk().replace('</disk>', `<transient${more}/></disk>`);
    const sharing = transient(` shareBacking='yes'`);
    assert.deepEqual(found(id, domain(sharing, sharing)), []);
    foundOnce(id, domain(transient(''), transient('')));
    const empty = plainDisk('file', `file=''`);
    assert.deepEqual(found(id, domain(empty, empty), beside({ storage: undefined })), []);
  });

  it('knows the domain itself, by UUID or else by name, and its snapshots', () => {
    const uuid = 'aaaaaaaa-2222-4333-8444-555555555555';
    assert.deepEqual(found(id, text, beside({}, { uuid })), []);
    assert.deepEqual(found(id, `<domainsnapshot>${text}</domainsnapshot>`, beside({}, { uuid })), []);
    const nameless = text.replace(/<uuid>.*<\/uuid>/, '');
    assert.deepEqual(found(id, nameless, beside({}, { name: 'vm' })), []);
    foundOnce(id, nameless, beside());
  });

  it('concludes nothing about a disk to attach, nor without a host', () => {
    assert.deepEqual(found(id, rbdDisk(), beside()), []);
    assert.deepEqual(found(id, text), []);
    assert.deepEqual(found(id, text, host()), []);
  });

  it('finds an image that the domain has twice', () => {
    const twice = domain(rbdDisk(), rbdDisk({ target: 'vdb' }));
    const { severity, message, range } = foundOnce(id, twice);
    assert.equal(severity, 'warning');
    assert.match(message, /^vms\/a is disk vda of this domain already/);
    assert.ok(range.start > twice.indexOf('vda'));
    const inactive = text.replaceAll(/(<\/?)domain/g, '$1inactiveDomain');
    assert.deepEqual(found(id, `<domainsnapshot>${text}${inactive}</domainsnapshot>`), []);
  });
});
