import assert from 'node:assert/strict';
import { ProtocolError } from '../../../../src/libvirt/wire/protocolError.ts';
import { paramMap, typedParams, type TypedParam } from '../../../../src/libvirt/wire/typedParams.ts';
import { decode } from '../../../../src/libvirt/wire/xdrTypes.ts';
import { encode } from '../fakePeer.ts';

const params: readonly TypedParam[] = [
  { field: 'a', type: 'int', value: -1 },
  { field: 'b', type: 'uint', value: 4_294_967_295 },
  { field: 'c', type: 'llong', value: -(2n ** 63n) },
  { field: 'd', type: 'ullong', value: 2n ** 64n - 1n },
  { field: 'e', type: 'double', value: 0.25 },
  { field: 'f', type: 'boolean', value: true },
  { field: 'g', type: 'string', value: 'vda' },
];

describe('typed parameters', () => {
  it('come back as they were written, each type', () => {
    assert.deepEqual(decode(typedParams(16), encode(typedParams(16), params)), params);
  });

  it('are laid out as the daemon sends them', () => {
    // From an answer of libvirtd 9.0 to CONNECT_GET_ALL_DOMAIN_STATS.
    const bytes = Buffer.from(
      '000000020000000b73746174652e73746174650000000001000000030000000c73746174652e726561736f6e0000000100000001',
      'hex',
    );
    assert.deepEqual(
      [...paramMap(decode(typedParams(16), bytes))],
      [
        ['state.state', 3],
        ['state.reason', 1],
      ],
    );
  });

  it('of an unknown type are refused by name', () => {
    const bytes = encode(typedParams(1), [{ field: 'odd', type: 'int', value: 1 }]);
    bytes.writeInt32BE(8, 12);
    assert.throws(
      () => decode(typedParams(1), bytes),
      (error) => error instanceof ProtocolError && error.message.includes('odd'),
    );
  });

  it('are limited in number', () => {
    assert.throws(() => decode(typedParams(2), encode(typedParams(16), params)), ProtocolError);
  });
});
