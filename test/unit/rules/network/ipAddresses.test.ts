import assert from 'node:assert/strict';
import { parseIp, prefixOfNetmask } from '../../../../src/rules/network/ipAddresses.ts';

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
