import assert from 'node:assert/strict';
import { formatIp, parseIp, parseSubnet, prefixOfNetmask } from '../../../src/base/ipAddresses.ts';

describe('parseIp', () => {
  it('reads both families', () => {
    assert.deepEqual(parseIp('10.0.1.255'), { family: 4, number: 0x0a0001ffn });
    assert.deepEqual(parseIp('::'), { family: 6, number: 0n });
    assert.deepEqual(parseIp('1::'), { family: 6, number: 1n << 112n });
    assert.deepEqual(parseIp('2001:db8::8:a'), { family: 6, number: 0x20010db800000000000000000008000an });
    assert.deepEqual(parseIp('1:2:3:4:5:6:7:8'), { family: 6, number: 0x00010002000300040005000600070008n });
    assert.deepEqual(parseIp('::ffff:1.2.3.4'), { family: 6, number: 0xffff01020304n });
  });

  it('takes nothing else', () => {
    for (const text of ['', '1.2.3', '1.2.3.256', '1::2::3', 'fe80::1%eth0', 'x']) {
      assert.equal(parseIp(text), undefined, text);
    }
  });
});

describe('prefixOfNetmask', () => {
  it('counts the ones, and takes only ones before zeros', () => {
    assert.equal(prefixOfNetmask('255.255.240.0'), 20);
    assert.equal(prefixOfNetmask('0.0.0.0'), 0);
    assert.equal(prefixOfNetmask('255.255.255.255'), 32);
    assert.equal(prefixOfNetmask('255.0.255.0'), undefined);
    assert.equal(prefixOfNetmask('::'), undefined);
  });
});

describe('formatIp', () => {
  it('writes what parseIp reads, in the shortest form', () => {
    const shortest = [
      '192.168.100.1',
      '0.0.0.0',
      '255.255.255.255',
      '::',
      '::1',
      '1::',
      'fd00:1:2::1',
      '1:0:0:2::3',
    ];
    for (const text of [...shortest, '1:2:3:4:5:6:7:8', '2001:db8::8:a', '1::2:0:0:3:0', 'fd5c:0:1::']) {
      const ip = parseIp(text);
      assert.ok(ip);
      assert.equal(formatIp(ip), text);
    }
    assert.equal(formatIp(parseIp('0:0:1:0:0:0:0:1')!), '0:0:1::1');
    assert.equal(formatIp(parseIp('1:0:2:3:4:5:6:7')!), '1:0:2:3:4:5:6:7');
  });
});

describe('parseSubnet', () => {
  it('gives the whole subnet of an address', () => {
    const [first, last] = [parseIp('192.168.100.0')!.number, parseIp('192.168.100.255')!.number];
    assert.deepEqual(parseSubnet(' 192.168.100.7/24 '), { family: 4, first, last, prefix: 24 });
    assert.equal(parseSubnet('fd00::1/64')?.last, parseIp('fd00::ffff:ffff:ffff:ffff')!.number);
  });

  it('takes nothing else', () => {
    for (const text of [
      '',
      '10.0.0.0',
      '10.0.0.0/33',
      '10.0.0/8',
      'fd00::/129',
      '10.0.0.0/x',
      '10.0.0.0/-1',
    ]) {
      assert.equal(parseSubnet(text), undefined, text);
    }
  });
});
