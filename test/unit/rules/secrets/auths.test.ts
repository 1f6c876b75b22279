import assert from 'node:assert/strict';
import { define, hasVirsh } from '../../xml/virsh.ts';
import {
  auth,
  domain,
  fixed,
  found,
  foundOnce,
  host,
  monitors,
  otherUuid,
  poolXml,
  rbdDisk,
  rbdPool,
  secretUuid,
  snippetOf,
  titles,
} from '../samples.ts';

const poolAuth = `<auth type='ceph' username='libvirt'>\n  <secret uuid='${secretUuid}'/>\n</auth>`;

/** A disk on iSCSI with this secret. */
const iscsiDisk = (secret: string): string =>
  `<disk type='network'><auth username='u'>${secret}</auth><source protocol='iscsi' name='iqn/1'/></disk>`;

/** Hosts with two secrets of Ceph and one of iSCSI, and no pool. */
const secretsOnly = host({
  rbdPools: [],
  secrets: [
    { uuid: secretUuid, usageType: 'ceph' },
    { uuid: 'i', usageType: 'iscsi', usageId: 'target' },
    { uuid: otherUuid, usageType: 'ceph' },
  ],
});

describe('auth-without-secret', () => {
  const id = 'auth-without-secret';

  it('finds a login without a key, and takes the secret of the pool', () => {
    const text = domain(rbdDisk({ auth: `<auth username='libvirt'>\n</auth>` }));
    const { at, severity, fixes } = foundOnce(id, text, host());
    assert.deepEqual([at, severity], ['auth', 'error']);
    assert.deepEqual(titles(fixes), [`Refer to secret ${secretUuid} *`]);
    assert.equal(fixed(id, text, host()), domain(rbdDisk()));
  });

  it('finds it in a pool, where the secret has no type', () => {
    const text = poolXml({ auth: `<auth type='ceph' username='libvirt'/>` });
    assert.equal(fixed(id, text, host()), poolXml());
  });

  it('offers the secrets of the host for such a use', () => {
    const text = domain(rbdDisk({ auth: `<auth username='libvirt'/>` }));
    assert.deepEqual(titles(foundOnce(id, text, secretsOnly).fixes), [
      `Refer to secret ${secretUuid}`,
      `Refer to secret ${otherUuid}`,
    ]);
    const iscsi = domain(iscsiDisk(''));
    assert.match(fixed(id, iscsi, secretsOnly), /<secret type='iscsi' uuid='i'\/>/);
  });

  it('offers an element to fill in when no host is known', () => {
    const text = domain(rbdDisk({ auth: `<auth username='libvirt'>\n</auth>` }));
    assert.equal(
      snippetOf(foundOnce(id, text)),
      `\n        <secret type='ceph' uuid='\${1:00000000-0000-0000-0000-000000000000}'/>\n      `,
    );
  });

  it('leaves alone what has one, and another <auth>', () => {
    assert.deepEqual(found(id, domain(rbdDisk()), host()), []);
    assert.deepEqual(found(id, '<domain><x><auth/></x></domain>'), []);
  });
});

describe('auth-without-username', () => {
  const id = 'auth-without-username';

  for (const written of ['<auth>', `<auth username=''>`]) {
    it(`finds ${written}, and takes the user of the pool`, () => {
      const text = domain(rbdDisk({ auth: auth.replace(`<auth username='libvirt'>`, written) }));
      const { at, severity, fixes } = foundOnce(id, text, host());
      assert.deepEqual([at, severity], ['auth', 'error']);
      assert.deepEqual(titles(fixes), ['Log in as libvirt *']);
      assert.equal(fixed(id, text, host()), domain(rbdDisk()));
    });
  }

  it('reads the user from the usage of the secret', () => {
    const text = poolXml({ auth: poolAuth.replace(` username='libvirt'`, '') });
    assert.equal(fixed(id, text, host({ rbdPools: [] })), poolXml());
    assert.deepEqual(foundOnce(id, text, host({ rbdPools: [], secrets: [] })).fixes, []);
    assert.deepEqual(foundOnce(id, text).fixes, []);
  });

  it('leaves alone what names one', () => {
    assert.deepEqual(found(id, domain(rbdDisk()), host()), []);
  });
});

describe('client-prefix', () => {
  const id = 'client-prefix';

  it('finds it in a disk and in a pool, and takes it away', () => {
    const disk = domain(rbdDisk({ auth: auth.replace('libvirt', 'client.libvirt') }));
    const { at, severity, fixes } = foundOnce(id, disk);
    assert.deepEqual([at, severity], ['client.libvirt', 'warning']);
    assert.deepEqual(titles(fixes), ['Log in as libvirt *']);
    assert.equal(fixed(id, disk), domain(rbdDisk()));
    assert.equal(fixed(id, poolXml({ auth: poolAuth.replace('libvirt', 'client.libvirt') })), poolXml());
  });

  it('leaves alone other users and other storage', () => {
    for (const user of ['libvirt', 'client', 'client.', 'myclient.x']) {
      assert.deepEqual(found(id, domain(rbdDisk({ auth: auth.replace('libvirt', user) }))), []);
    }
    assert.deepEqual(found(id, domain(iscsiDisk('').replace(`'u'`, `'client.u'`))), []);
  });
});

describe('auth-place', () => {
  const id = 'auth-place';
  const inner = domain(rbdDisk({ auth: '', inSource: `${monitors}\n${auth}` }));
  const old = host({ libvirtVersion: 3_008_000 });

  it('finds an <auth> that an old libvirt does not see, and moves it', () => {
    const { at, severity, fixes } = foundOnce(id, inner, old);
    assert.deepEqual([at, severity], ['auth', 'warning']);
    assert.deepEqual(titles(fixes), ['Move it before <source> *']);
    assert.equal(fixed(id, inner, old), domain(rbdDisk()));
  });

  it('finds it in both places with every version, and keeps either', () => {
    const both = domain(rbdDisk({ inSource: `${monitors}\n${auth}` }));
    assert.equal(foundOnce(id, both).severity, 'error');
    assert.equal(fixed(id, both, undefined, 'Remove the <auth> in <source>'), domain(rbdDisk()));
    assert.equal(fixed(id, both, undefined, 'Remove the <auth> in <disk>'), inner);
  });

  it('leaves alone what the libvirt of the host reads', () => {
    for (const knowledge of [undefined, host(), host({ libvirtVersion: 3_009_000 })]) {
      assert.deepEqual(found(id, inner, knowledge), []);
    }
    assert.deepEqual(found(id, domain(rbdDisk()), old), []);
  });
});

describe('secret-reference', () => {
  const id = 'secret-reference';
  const withReference = (reference: string): string =>
    domain(rbdDisk({ auth: auth.replace(` uuid='${secretUuid}'`, reference) }));

  for (const reference of ['', ` uuid=''`, ` usage=''`]) {
    it(`finds <secret type='ceph'${reference}/>, and refers to the secret of the pool`, () => {
      const text = withReference(reference);
      const { at, severity, fixes } = foundOnce(id, text, host());
      assert.deepEqual([at, severity], ['secret', 'error']);
      assert.deepEqual(titles(fixes), [`Refer to secret ${secretUuid} *`]);
      assert.equal(fixed(id, text, host()), domain(rbdDisk()));
    });
  }

  it('refers by usage where the pool does', () => {
    const pool = { ...rbdPool, auth: { username: 'a', secret: { usage: 'x y' } } };
    const after = fixed(id, withReference(''), host({ rbdPools: [pool] }), 'Refer to secret "x y"');
    assert.match(after, /<secret type='ceph' usage='x y'\/>/);
  });

  it('finds both at once, and keeps either', () => {
    const text = withReference(` usage='x' uuid='${secretUuid}'`);
    assert.equal(foundOnce(id, text, host()).at, 'usage');
    assert.equal(fixed(id, text, host(), 'Keep the UUID'), domain(rbdDisk()));
    assert.equal(fixed(id, text, host(), 'Keep the usage'), withReference(` usage='x'`));
  });

  it('leaves alone what has one of them', () => {
    assert.deepEqual(found(id, withReference(` usage='x'`)), []);
    assert.deepEqual(found(id, domain(rbdDisk())), []);
    assert.deepEqual(found(id, poolXml()), []);
  });
});

describe('secret-type', () => {
  const id = 'secret-type';

  it('finds the type of another storage in a domain, and sets that of RBD or iSCSI', () => {
    const text = domain(rbdDisk({ auth: auth.replace('ceph', 'iscsi') }));
    const { at, severity, fixes } = foundOnce(id, text);
    assert.deepEqual([at, severity], ['iscsi', 'error']);
    assert.deepEqual(titles(fixes), ['Set the type to ceph *']);
    assert.equal(fixed(id, text), domain(rbdDisk()));
    assert.match(fixed(id, domain(iscsiDisk(`<secret type='ceph' usage='x'/>`))), /type='iscsi'/);
  });

  it('finds that there is none', () => {
    const text = domain(rbdDisk({ auth: auth.replace(` type='ceph'`, '') }));
    assert.equal(foundOnce(id, text).at, 'secret');
    assert.match(fixed(id, text), new RegExp(`<secret uuid='${secretUuid}' type='ceph'/>`));
  });

  it('reads it from <auth> in a pool, where another is no more than a warning', () => {
    const text = poolXml({ auth: poolAuth.replace('ceph', 'chap') });
    assert.equal(foundOnce(id, text).severity, 'warning');
    assert.equal(fixed(id, text), poolXml());
    for (const type of ['iscsi', 'iscsi-direct']) {
      assert.match(fixed(id, poolXml({ type })), /<auth type='chap'/);
    }
  });

  it('leaves alone what is right, and other protocols', () => {
    assert.deepEqual(found(id, domain(rbdDisk())), []);
    assert.deepEqual(found(id, poolXml()), []);
    assert.deepEqual(found(id, domain(iscsiDisk(`<secret type='iscsi' usage='x'/>`))), []);
    assert.deepEqual(found(id, domain(rbdDisk().replace(`'rbd'`, `'https'`).replace('ceph', 'x'))), []);
  });

  it('finds what libvirt refuses', function () {
    if (!hasVirsh) this.skip();
    const text = domain(rbdDisk({ auth: auth.replace('ceph', 'iscsi') }))
      .replace("'kvm'", "'test'")
      .replace('<devices>', '<os><type>hvm</type></os><devices>');
    assert.match(define('domain', text, { validate: true }), /invalid secret type 'iscsi'/);
    assert.equal(define('domain', fixed(id, text), { validate: true }), '');
  });
});
