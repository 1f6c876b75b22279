import assert from 'node:assert/strict';
import { define, hasVirsh } from '../../xml/virsh.ts';
import { fixed, found, foundOnce, host, otherUuid, secretUuid, snippetOf, titles } from '../samples.ts';

const secret = (change: { attributes?: string; uuid?: string; usage?: string } = {}): string => {
  const { attributes = ` ephemeral='no' private='no'`, uuid = secretUuid } = change;
  const usage = change.usage ?? `<usage type='ceph'>\n    <name>client.libvirt secret</name>\n  </usage>`;
  return `<secret${attributes}>${uuid === '' ? '' : `\n  <uuid>${uuid}</uuid>`}
  ${usage}
</secret>
`;
};

describe('secret-without-usage-name', () => {
  const id = 'secret-without-usage-name';

  for (const usage of [`<usage type='ceph'/>`, `<usage type='ceph'></usage>`]) {
    it(`finds ${usage}, and offers a name to fill in`, () => {
      const finding = foundOnce(id, secret({ usage }));
      assert.deepEqual([finding.at, finding.severity], ['usage', 'error']);
      assert.match(snippetOf(finding), /\n {4}<name>\$\{1:client\.libvirt secret\}<\/name>\n {2}/);
    });
  }

  it('finds an empty name, and one that is another usage’s', () => {
    for (const child of ['<name/>', '<name> </name>']) {
      assert.deepEqual(foundOnce(id, secret({ usage: `<usage type='ceph'>${child}</usage>` })).fixes, []);
    }
    assert.match(snippetOf(foundOnce(id, secret({ usage: `<usage type='iscsi'/>` }))), /<target>/);
  });

  it('leaves alone what names it, and what has no usage', () => {
    assert.deepEqual(found(id, secret()), []);
    assert.deepEqual(found(id, secret({ usage: '' })), []);
    assert.deepEqual(found(id, secret({ usage: `<usage type='volume'><volume>/a</volume></usage>` })), []);
  });

  it('finds what libvirt refuses', function () {
    if (!hasVirsh) this.skip();
    assert.match(
      define('secret', secret({ usage: `<usage type='ceph'/>` }), { validate: false }),
      /name is missing/,
    );
  });
});

describe('secret-ephemeral', () => {
  const id = 'secret-ephemeral';

  it('finds a secret that is kept in memory, and keeps it', () => {
    const text = secret({ attributes: ` ephemeral='yes' private='no'` });
    const { at, severity } = foundOnce(id, text);
    assert.deepEqual([at, severity], [`ephemeral='yes'`, 'information']);
    assert.equal(fixed(id, text), secret());
  });

  it('leaves alone what is kept, and what is private', () => {
    for (const attributes of ['', ` ephemeral='no'`, ` private='yes'`]) {
      assert.deepEqual(found(id, secret({ attributes })), []);
    }
  });
});

describe('secret-already-defined', () => {
  const id = 'secret-already-defined';

  it('finds a use that the host has under another UUID, and takes that UUID', () => {
    const text = secret({ uuid: otherUuid });
    const { at, severity, message, fixes } = foundOnce(id, text, host());
    assert.deepEqual([at, severity], ['client.libvirt secret', 'error']);
    assert.equal(message, `kvm1 has a secret for this use already: ${secretUuid}.`);
    assert.deepEqual(titles(fixes), ['Define that secret again: take its UUID *']);
    assert.equal(fixed(id, text, host()), secret());
    assert.equal(fixed(id, secret({ uuid: '' }), host()), secret());
    assert.equal(fixed(id, secret().replace(secretUuid, ''), host()), secret());
  });

  it('finds a UUID that the host has for another use', () => {
    const usage = `<usage type='ceph'>\n    <name>other</name>\n  </usage>`;
    const { at, message } = foundOnce(id, secret({ usage }), host());
    assert.equal(at, secretUuid);
    assert.equal(message, 'kvm1 has a secret of this UUID for another use: client.libvirt secret.');
    assert.equal(fixed(id, secret({ usage }), host()), secret({ usage, uuid: '' }));
    foundOnce(id, secret({ usage: '' }), host());
  });

  it('leaves alone what defines the same secret again, and what is new', () => {
    assert.deepEqual(found(id, secret(), host()), []);
    assert.deepEqual(found(id, secret({ uuid: secretUuid.toUpperCase() }), host()), []);
    assert.deepEqual(found(id, secret({ uuid: otherUuid }), host({ secrets: [] })), []);
    assert.deepEqual(found(id, secret({ uuid: otherUuid, usage: '' }), host()), []);
    assert.deepEqual(found(id, secret({ uuid: otherUuid })), []);
  });
});
