import assert from 'node:assert/strict';
import { definitionsIn } from '../../../../src/xml/references/definitionsIn.ts';
import type { ObjectReference } from '../../../../src/xml/references/objectReference.ts';
import { referenceAt, referencesIn } from '../../../../src/xml/references/referencesIn.ts';
import { scan } from '../../../../src/xml/scanner/scan.ts';

/** Each with the text at its place and what it means: `p = pool p`. */
function shown(text: string, references: readonly ObjectReference[]): string[] {
  return references.map(
    ({ object, range }) => `${text.slice(range.start, range.end)} = ${Object.values(object).join(' ')}`,
  );
}

const uuid = '11111111-2222-4333-8444-555555555555';

describe('referencesIn', () => {
  for (const [what, text, expected] of [
    [
      'the pool and volume of a disk',
      `<disk type='volume'><source pool='p' volume='v'/></disk>`,
      ['p = pool p', 'v = volume p v'],
    ],
    [
      'an RBD image, without its snapshot',
      `<disk><source protocol='rbd' name='cp/img@s1'/></disk>`,
      ['cp/img@s1 = storage cp/img'],
    ],
    ['a file', `<disk><source file='/a.img'/></disk>`, ['/a.img = storage /a.img']],
    ['a device', `<disk><source dev='/dev/vg/a'/></disk>`, ['/dev/vg/a = storage /dev/vg/a']],
    ['the storage of a mirror', `<mirror><source file='/b.img'/></mirror>`, ['/b.img = storage /b.img']],
    [
      'a path below a volume',
      `<backingStore><path> /c.img\n</path></backingStore>`,
      ['/c.img = storage /c.img'],
    ],
    [
      'the network of an interface',
      `<interface><source network='default'/></interface>`,
      ['default = network default'],
    ],
    [
      'a secret by UUID, however it is written',
      `<auth><secret type='ceph' uuid='${uuid.toUpperCase()}'/></auth>`,
      [`${uuid.toUpperCase()} = secret-uuid ${uuid}`],
    ],
    [
      'a secret by usage',
      `<auth><secret type='ceph' usage='client.libvirt'/></auth>`,
      ['client.libvirt = secret-usage ceph client.libvirt'],
    ],
    [
      'a secret in a pool, whose type stands in <auth>',
      `<auth type='chap'><secret usage='iscsi'/></auth>`,
      ['iscsi = secret-usage iscsi iscsi'],
    ],
    [
      'a passphrase',
      `<encryption><secret type='passphrase' usage='/a.img'/></encryption>`,
      ['/a.img = secret-usage volume /a.img'],
    ],
    [
      'the secret of a TPM',
      `<backend><encryption secret='${uuid}'/></backend>`,
      [`${uuid} = secret-uuid ${uuid}`],
    ],
    [
      'a filter',
      `<interface><filterref filter='clean-traffic'/></interface>`,
      ['clean-traffic = nwfilter clean-traffic'],
    ],
    [
      'the domain of a snapshot',
      `<domainsnapshot><domain><name>vm</name><uuid>${uuid}</uuid></domain></domainsnapshot>`,
      ['vm = domain vm', `${uuid} = domain-uuid ${uuid}`],
    ],
    ['no domain in its own document', `<domain><name>vm</name></domain>`, []],
    ['no owner of a file', `<a><permissions><owner><name>0</name></owner></permissions></a>`, []],
    ['nothing in empty values', `<disk><source pool='' volume='v' file=''/></disk>`, []],
    ['nothing in the source of something else', `<rng><source dev='/dev/x' network='y'/></rng>`, []],
    ['what is half-typed', `<disk><source pool='p' volume='v`, ['p = pool p', 'v = volume p v']],
  ] as const) {
    it(`finds ${what}`, () => {
      assert.deepEqual(shown(text, referencesIn(scan(text))), expected);
    });
  }

  it('finds the one that a cursor touches', () => {
    const text = `<interface><source network='default'/></interface>`;
    const start = text.indexOf('default');
    const document = scan(text);
    for (const offset of [start, start + 3, start + 7]) {
      assert.deepEqual(referenceAt(document, offset)?.object, { kind: 'network', name: 'default' });
    }
    for (const offset of [0, start - 1, start + 8]) assert.equal(referenceAt(document, offset), undefined);
  });
});

describe('definitionsIn', () => {
  for (const [what, text, expected] of [
    [
      'a domain',
      `<domain type='kvm'><name>vm</name><uuid>${uuid.replaceAll('-', '')}</uuid></domain>`,
      ['vm = domain vm', `${uuid.replaceAll('-', '')} = domain-uuid ${uuid}`],
    ],
    ['a pool', `<pool type='dir'><name>p</name></pool>`, ['p = pool p']],
    ['a network', `<network><name>n</name><bridge name='b'/></network>`, ['n = network n']],
    ['a filter', `<filter name='f'><filterref filter='g'/></filter>`, ['f = nwfilter f']],
    [
      'a secret',
      `<secret><uuid>${uuid}</uuid><usage type='iscsi'><target>t</target></usage></secret>`,
      [`${uuid} = secret-uuid ${uuid}`, 't = secret-usage iscsi t'],
    ],
    [
      'a volume',
      `<volume type='network'><name>v</name><capacity>1</capacity><target><path>cp/v</path></target></volume>`,
      ['v = volume p v', 'cp/v = storage cp/v'],
    ],
    ['no other XML', `<config><name>x</name></config>`, []],
  ] as const) {
    it(`finds the names of ${what}`, () => {
      assert.deepEqual(shown(text, definitionsIn(scan(text), 'p')), expected);
    });
  }
});
