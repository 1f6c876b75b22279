import assert from 'node:assert/strict';
import { documentationOf, loadTexts } from '../../../../src/xml/documentation/documentation.ts';
import { documentPath } from '../../../../src/xml/documentation/documentPath.ts';
import { elementsOf } from '../../../../src/xml/queries.ts';
import type { DocumentKind } from '../../../../src/xml/roots.ts';
import { scan } from '../../../../src/xml/scanner/scan.ts';

function pathsIn(text: string, kind: DocumentKind): string[] {
  return [...elementsOf(scan(text))].map((element) => documentPath(element, kind));
}

describe('the documentation of an element', () => {
  it('is found by its path', async () => {
    const texts = await loadTexts('en');
    assert.deepEqual(documentationOf({ path: 'domain/devices/disk/auth', attribute: 'username' }, texts), {
      text: 'The Ceph user without `client.`: `libvirt` for `client.libvirt`.',
      url: 'https://libvirt.org/formatdomain.html#hard-drives-floppy-disks-cdroms',
    });
    assert.match(
      documentationOf({ path: 'domain/devices/disk/driver', attribute: 'cache', value: 'none' }, texts)
        ?.text ?? '',
      /page cache/,
    );
  });

  it('of a value is that of the attribute where it has none of its own', async () => {
    const texts = await loadTexts('en');
    const subject = { path: 'domain/devices/interface/source', attribute: 'network' };
    assert.equal(documentationOf({ ...subject, value: 'default' }, texts)?.text, 'The libvirt network.');
  });

  it('is the same in a snapshot, in a chain of images, and in a device alone', () => {
    assert.deepEqual(
      pathsIn(
        '<domainsnapshot><domain><devices><disk/></devices></domain></domainsnapshot>',
        'domainsnapshot',
      ),
      ['domainsnapshot', 'domain', 'domain/devices', 'domain/devices/disk'],
    );
    assert.deepEqual(
      pathsIn('<disk><backingStore><backingStore><format/></backingStore></backingStore></disk>', 'device'),
      [
        'domain/devices/disk',
        'domain/devices/disk/backingStore',
        'domain/devices/disk/backingStore',
        'domain/devices/disk/backingStore/format',
      ],
    );
  });

  it('is that of addresses and the like wherever they are', async () => {
    const texts = await loadTexts('en');
    const slot = documentationOf({ path: 'domain/devices/interface/address', attribute: 'slot' }, texts);
    assert.match(slot?.text ?? '', /^Slot on the bus/);
    assert.equal(slot?.url, 'https://libvirt.org/formatdomain.html#device-addresses');
  });

  it('has a link where it has no sentence, and nothing for what is not libvirt’s', async () => {
    const texts = await loadTexts('en');
    assert.deepEqual(documentationOf({ path: 'domain/features/hyperv/vapic' }, texts), {
      text: undefined,
      url: 'https://libvirt.org/formatdomain.html#hypervisor-features',
    });
    assert.equal(documentationOf({ path: 'project/name' }, texts), undefined);
  });

  it('says in Chinese what it says in English', async () => {
    const [english, chinese] = [await loadTexts('en'), await loadTexts('zh-cn')];
    assert.deepEqual(Object.keys(chinese), Object.keys(english));
    assert.deepEqual(
      Object.entries(chinese).filter(([, text]) => !/\p{Script=Han}/u.test(text)),
      [],
    );
    assert.notEqual(await loadTexts('de'), chinese);
  });
});
