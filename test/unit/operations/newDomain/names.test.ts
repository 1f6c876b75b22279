import assert from 'node:assert/strict';
import {
  domainNameRefusal,
  freeName,
  hostNameFrom,
  hostNameRefusal,
} from '../../../../src/operations/newDomain/domainName.ts';
import { treeUrlRefusal } from '../../../../src/operations/newDomain/installTree.ts';

const taken = new Set(['web1']);

describe('the name of a new domain', () => {
  const refusal = (name: string): string | undefined => domainNameRefusal(name, taken, 'kvm1');

  it('may be anything that libvirt and XML take', () => {
    for (const name of ['web2', '-rf', `a'b"c`, '$(reboot)', '日本', 'a b', '..a', '%41'])
      assert.equal(refusal(name), undefined, name);
  });

  it('is refused at once where libvirt would refuse it later', () => {
    for (const name of [
      '',
      '  ',
      ' a',
      'a/b',
      '../a',
      '.',
      '..',
      'a\nb',
      'a\0',
      'a\u0007',
      '\ud800',
      'ü'.repeat(101),
      'web1',
    ])
      assert.notEqual(refusal(name), undefined, JSON.stringify(name));
  });

  it('that is free continues the numbers that are there', () => {
    assert.equal(freeName('web1', taken), 'web2');
    assert.equal(freeName('db', new Set(['db1', 'db2'])), 'db3');
    assert.equal(freeName('vm', new Set()), 'vm1');
  });
});

describe('the host name of a guest', () => {
  it('is made of the name of the domain', () => {
    assert.deepEqual(['Web Server 1', 'Zürich_2', '--a--', '日本', 'a'.repeat(80)].map(hostNameFrom), [
      'web-server-1',
      'zu-rich-2',
      'a',
      'guest',
      'a'.repeat(63),
    ]);
  });

  it('is one of RFC 1123', () => {
    for (const name of ['a', 'web-1.example.org', '1a']) assert.equal(hostNameRefusal(name), undefined, name);
    for (const name of ['', '-a', 'a-', 'a..b', 'a_b', 'a b', 'a\n', 'a'.repeat(64)])
      assert.notEqual(hostNameRefusal(name), undefined, name);
  });
});

it('the URL of a tree is one of the web, and has no password', () => {
  assert.equal(treeUrlRefusal('https://deb.debian.org/debian/'), undefined);
  for (const url of [
    '',
    'deb.debian.org',
    'file:///etc/passwd',
    'ftp://a/',
    'https://me:secret@a/',
    '-o /etc/passwd',
  ])
    assert.notEqual(treeUrlRefusal(url), undefined, url);
});
