import assert from 'node:assert/strict';
import { ProtocolError } from '../../../../src/libvirt/wire/protocolError.ts';
import * as xdr from '../../../../src/libvirt/wire/xdrTypes.ts';
import type { XdrType } from '../../../../src/libvirt/wire/xdrTypes.ts';
import { encode } from '../fakePeer.ts';

interface Case {
  readonly name: string;
  readonly hex: string;
  readonly run: () => void;
}

function both<T>(name: string, type: XdrType<T>, value: T, hex: string): Case {
  const plain = hex.replaceAll(' ', '');
  return {
    name,
    hex,
    run: () => {
      assert.equal(encode(type, value).toString('hex'), plain);
      assert.deepEqual(xdr.decode(type, Buffer.from(plain, 'hex')), value);
    },
  };
}

const point = xdr.struct({ x: xdr.i32, label: xdr.string });

describe('XDR types', () => {
  const cases: readonly Case[] = [
    both('a negative int', xdr.i32, -2, 'fffffffe'),
    both('the largest unsigned int', xdr.u32, 0xffff_ffff, 'ffffffff'),
    both('a negative hyper', xdr.i64, -1n, 'ffffffffffffffff'),
    both('the largest unsigned hyper', xdr.u64, 0xffff_ffff_ffff_ffffn, 'ffffffffffffffff'),
    both('a quantity', xdr.quantity, 8_589_934_592, '0000000200000000'),
    both('true', xdr.bool, true, '00000001'),
    both('a double', xdr.double, 1.5, '3ff8000000000000'),
    both('an empty string', xdr.string, '', '00000000'),
    both('a string that needs padding', xdr.string, 'abcde', '00000005 6162636465 000000'),
    both('a string of many bytes a character', xdr.string, 'é€', '00000005 c3a9e282ac 000000'),
    both('bytes', xdr.opaque(8), Buffer.from([1, 2, 3]), '00000003 010203 00'),
    both('a UUID', xdr.uuid, '6695eb01-f6a4-8304-79aa-97f2502e193f', '6695eb01f6a4830479aa97f2502e193f'),
    both('an optional value that is there', xdr.optional(xdr.i32), 7, '00000001 00000007'),
    both('an optional value that is not', xdr.optional(xdr.i32), undefined, '00000000'),
    both('a list', xdr.array(xdr.i32), [1, 2], '00000002 00000001 00000002'),
    both('an empty list', xdr.array(xdr.i32), [], '00000000'),
    both('a structure', point, { x: 1, label: 'a' }, '00000001 00000001 61000000'),
    both(
      'a structure within lists within options',
      xdr.optional(xdr.array(point)),
      [{ x: 3, label: '' }],
      '00000001 00000001 00000003 00000000',
    ),
    both('chars of four bytes each', xdr.charArray(3), 'ab', '00000061 00000062 00000000'),
  ];
  for (const { name, hex, run } of cases) it(`${name} is ${hex}`, run);

  it('takes the sign off a set of bits', () => {
    const bits = (2 ** 31) | 1;
    assert.equal(encode(xdr.flags, bits).toString('hex'), '80000001');
    assert.equal(xdr.decode(xdr.flags, Buffer.from('80000001', 'hex')), 0x8000_0001);
  });

  it('reads a quantity beyond 2^53 as its neighbour', () => {
    const read = xdr.decode(xdr.quantity, Buffer.from('ffffffffffffffff', 'hex'));
    assert.equal(read, 2 ** 64);
  });

  it('reads any non-zero int as true', () => {
    assert.equal(xdr.decode(xdr.bool, Buffer.from('ffffffff', 'hex')), true);
  });

  const broken: readonly (readonly [what: string, XdrType<unknown>, hex: string])[] = [
    ['nothing where an int should be', xdr.i32, ''],
    ['half an int', xdr.i32, '0000'],
    ['half a hyper', xdr.u64, '00000000'],
    ['a string of 4 GB', xdr.string, 'ffffffff 61'],
    ['a string longer than the message', xdr.string, '00000005 61626364'],
    ['a string without its padding', xdr.string, '00000001 61'],
    ['bytes beyond their limit', xdr.opaque(2), '00000003 01020300'],
    ['half a UUID', xdr.uuid, '6695eb01f6a48304'],
    ['an option that is neither 0 nor 1', xdr.optional(xdr.i32), '00000002 00000000 00000000'],
    ['a list of 4 billion', xdr.array(xdr.i32), 'ffffffff'],
    ['a list longer than the message', xdr.array(xdr.i32), '00000003 00000001 00000002'],
    ['a list beyond its limit', xdr.array(xdr.i32, 1), '00000002 00000001 00000002'],
    ['a list of large structures in little space', xdr.array(xdr.charArray(32)), '00000002 00000000'],
    ['bytes left over', xdr.i32, '00000001 00000002'],
  ];
  for (const [what, type, hex] of broken)
    it(`refuses ${what}`, () => {
      assert.throws(() => xdr.decode(type, Buffer.from(hex.replaceAll(' ', ''), 'hex')), ProtocolError);
    });

  const unwritable: readonly (readonly [what: string, write: () => void])[] = [
    ['a fraction as a quantity', () => encode(xdr.quantity, 1.5)],
    ['a negative quantity', () => encode(xdr.quantity, -1)],
    ['a quantity beyond exact numbers', () => encode(xdr.quantity, 2 ** 60)],
    ['bytes beyond their limit', () => encode(xdr.opaque(2), Buffer.alloc(3))],
    ['a list beyond its limit', () => encode(xdr.array(xdr.i32, 1), [1, 2])],
    ['what is no UUID', () => encode(xdr.uuid, 'no-uuid')],
    ['a char array without room for its end', () => encode(xdr.charArray(2), 'ab')],
    ['a string of more than 4 MiB', () => encode(xdr.string, 'x'.repeat(4 * 1024 * 1024 + 1))],
  ];
  for (const [what, write] of unwritable)
    it(`does not write ${what}`, () => {
      assert.throws(write, ProtocolError);
    });
});
