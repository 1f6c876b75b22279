import assert from 'node:assert/strict';
import { define, hasVirsh } from '../../xml/virsh.ts';
import { domainText } from '../domainText.ts';
import { fixed, found, foundOnce } from '../samples.ts';

const withMetadata = (inside: string): string =>
  domainText({ beforeDevices: `<metadata>${inside}</metadata>` });

describe('metadata-namespace', () => {
  const id = 'metadata-namespace';

  it('finds an element without a namespace', () => {
    const finding = foundOnce(id, withMetadata('<note>x</note>'));
    assert.equal(finding.at, 'note');
    assert.equal(finding.message, '<note> has no namespace: libvirt drops it.');
  });

  it('finds the second element of a namespace, whatever its prefix', () => {
    const text = withMetadata(`<a:one xmlns:a='http://x/'/><b:two xmlns:b='http://x/'/>`);
    assert.equal(foundOnce(id, text).at, 'b:two');
  });

  it('accepts one element a namespace, and what is inside it', () => {
    assert.deepEqual(
      found(id, withMetadata(`<a xmlns='http://x/'><b/><b/></a><c:c xmlns:c='http://y/'/>`)),
      [],
    );
  });

  it('says nothing of a prefix without a namespace, which is a fault of the markup', () => {
    assert.deepEqual(found(id, withMetadata('<a:one/>')), []);
  });
});

describe('qemu-namespace', () => {
  const id = 'qemu-namespace';
  const withArguments = (namespace: string): string =>
    domainText({
      attributes: ` xmlns:qemu='${namespace}'`,
      behindDevices: `<qemu:commandline><qemu:arg value='-S'/></qemu:commandline>`,
    });

  it('finds another namespace under the prefix, and writes the right one', () => {
    const text = withArguments('http://libvirt.org/schemas/domain/qemu/1.0/');
    assert.equal(foundOnce(id, text).at, 'http://libvirt.org/schemas/domain/qemu/1.0/');
    assert.ok(fixed(id, text).includes(`xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'`));
  });

  it('accepts the right one, and a declaration that nothing uses', () => {
    assert.deepEqual(found(id, withArguments('http://libvirt.org/schemas/domain/qemu/1.0')), []);
    assert.deepEqual(found(id, domainText({ attributes: ` xmlns:qemu='urn:x'` })), []);
  });
});

describe('the plain define of libvirt', function () {
  this.timeout(30_000);
  before(function () {
    if (!hasVirsh) this.skip();
  });

  it('accepts what metadata-namespace finds, and so does the schema: nobody else says it', () => {
    const text = withMetadata(`<a xmlns='http://x/'/><b xmlns='http://x/'/>`);
    const forTest = text.replace("type='kvm'", "type='test'").replace(" machine='q35'", '');
    foundOnce('metadata-namespace', text);
    assert.equal(define('domain', forTest, { validate: true }), '');
  });
});
