/** Bytes that libvirtd 9.0 sent, opened with test:///default. */
const captured = {
  /** The answer to AUTH_LIST, serial 1. */
  authList: '00000024 20008086 00000001 00000042 00000001 00000001 00000000 00000001 00000000',
  /** The answer to CONNECT_LIST_ALL_DOMAINS, serial 3: one domain. */
  listDomains: `00000040 20008086 00000001 00000111 00000001 00000003 00000000
    00000001 00000004 74657374 6695eb01 f6a48304 79aa97f2 502e193f 00000001 00000001`,
  /** The answer to DOMAIN_LOOKUP_BY_NAME of an unknown name, serial 4. */
  noDomain: `00000070 20008086 00000001 00000017 00000001 00000004 00000001
    0000002a 0000000c 00000001 00000010 446f6d61 696e206e 6f742066 6f756e64 00000002 00000000
    00000001 00000010 446f6d61 696e206e 6f742066 6f756e64 00000000 00000000 ffffffff ffffffff 00000000`,
  /** The answer to a procedure 999, serial 5. */
  unknownProcedure: `00000088 20008086 00000001 000003e7 00000001 00000005 00000001
    00000027 00000007 00000001 00000016 756e6b6e 6f776e20 70726f63 65647572 653a2039 39390000 00000002 00000000
    00000001 00000002 25730000 00000001 00000016 756e6b6e 6f776e20 70726f63 65647572 653a2039 39390000
    00000000 ffffffff ffffffff 00000000`,
  /** The answer to NODE_GET_INFO, serial 6. */
  nodeInfo: `000000bc 20008086 00000001 00000006 00000001 00000006 00000000
    00000069 00000036 00000038 00000036 ${'00000000 '.repeat(28)}
    00000000 00300000 00000010 00000578 00000002 00000002 00000002 00000002`,
  /** The answer to DOMAIN_SUSPEND, serial 9. */
  suspended: '0000001c 20008086 00000001 00000022 00000001 00000009 00000000',
  /** The event of that, which came right behind it with the serial 1. */
  suspendedEvent: `00000044 20008086 00000001 0000013e 00000002 00000001 00000000
    00000000 00000004 74657374 6695eb01 f6a48304 79aa97f2 502e193f 00000001 00000003 00000000`,
  /** The answer to CONNECT_GET_ALL_DOMAIN_STATS of the state, serial 10. */
  domainStats: `00000070 20008086 00000001 00000158 00000001 0000000a 00000000
    00000001 00000004 74657374 6695eb01 f6a48304 79aa97f2 502e193f 00000001 00000002
    0000000b 73746174 652e7374 61746500 00000001 00000003
    0000000c 73746174 652e7265 61736f6e 00000001 00000001`,
  /** The answer to a ping. */
  pong: '0000001c 6b656570 00000001 00000002 00000002 00000000 00000000',
} as const;

export function capturedBytes(name: keyof typeof captured): Buffer {
  return Buffer.from(captured[name].replaceAll(/\s/g, ''), 'hex');
}

/** The same under another serial number and procedure, as if it had answered that call. */
export function capturedAnswer(
  name: keyof typeof captured,
  call: { readonly serial: number; readonly procedure: number },
): Buffer {
  const bytes = capturedBytes(name);
  bytes.writeUInt32BE(call.procedure, 12);
  bytes.writeUInt32BE(call.serial, 20);
  return bytes;
}
