import assert from 'node:assert/strict';
import { suspect } from '../../../../src/doctor/complaint.ts';
import {
  authSupportedRemovedFailure,
  isWithout,
} from '../../../../src/doctor/failures/versions/authSupportedRemoved.ts';
import {
  clientOlderThanClusterFailure,
  severityOf,
} from '../../../../src/doctor/failures/versions/clientOlderThanCluster.ts';
import { functionNotSupportedFailure } from '../../../../src/doctor/failures/versions/functionNotSupported.ts';
import { imageFormat1Failure } from '../../../../src/doctor/failures/versions/imageFormat1.ts';
import { parseStalePrograms } from '../../../../src/doctor/failures/versions/librbdReplaced.ts';
import {
  knowsNewCipher,
  oldCipherFailure,
  oldKeysIn,
} from '../../../../src/doctor/failures/versions/oldCipher.ts';

const failures = [
  authSupportedRemovedFailure,
  clientOlderThanClusterFailure,
  functionNotSupportedFailure,
  imageFormat1Failure,
  oldCipherFailure,
];
const suspected = (said: string): readonly string[] =>
  suspect(new Error(said), undefined, failures).map(({ failure }) => failure.id);

describe('what is said where versions do not fit', () => {
  it('is told apart', () => {
    const said: readonly (readonly [string, string])[] = [
      [
        "  File \"rbd.py\", line 219, in create\\n raise make_ex(ret, 'error creating image')\\n', u'FunctionNotSupported: error creating image\\n'",
        'function-not-supported',
      ],
      ['installed version of librbd does not support format 2 images', 'function-not-supported'],
      [
        'libvirt: Storage Driver error : internal error: failed to set RADOS option: auth_supported',
        'auth-supported-removed',
      ],
      [
        "Could not open 'rbd:p/i:auth_supported=cephx': invalid conf option auth_supported: No such file or directory",
        'auth-supported-removed',
      ],
      [
        '2026-11-21T19:08:31.379+0000 7fb59a71b380 -1 librbd: Format 1 image creation unsupported. ',
        'image-format-1',
      ],
      ['librbd::Operations: old-format images do not support features', 'image-format-1'],
      [
        "libceph: mon0 10.0.0.1:6789 feature set mismatch, my 106b84a842a42 < server's 40106b84a842a42, missing 400000000000000",
        'client-older-than-cluster',
      ],
      ['[WRN] AUTH_INSECURE_CLIENT_KEY_TYPE: 2 auth client entities with insecure key types', 'old-cipher'],
    ];
    for (const [text, id] of said) assert.deepEqual(suspected(text), [id], text);
  });

  it('is none of it where another option, another cause or another feature is meant', () => {
    const others = [
      'internal error: failed to set RADOS option: mon_host',
      'invalid conf option nosuch_option: No such file or directory',
      'ImageNotFound: error opening image web1',
      'RBD image feature set mismatch. You can disable features unsupported by the kernel',
      'rbd: create error: (17) File exists',
      'error connecting: Permission denied',
    ];
    for (const text of others) assert.deepEqual(suspected(text), [], text);
  });
});

describe('a client beside a newer cluster', () => {
  it('is worth a word from one release on, and a warning from three', () => {
    assert.deepEqual(
      ['16.2.15', '15.2.17', '14.2.22', '13.2.10', '0.87.0', '17.2.7', 'x'].map((librbd) =>
        severityOf(librbd, '16.2.15'),
      ),
      [undefined, 'information', 'information', 'warning', 'warning', undefined, undefined],
    );
  });

  it('has lost auth_supported from 20.2.4 on', () => {
    assert.deepEqual(['16.2.15', '20.2.3', '20.2.4', '20.2.10', '21.1.0'].map(isWithout), [
      false,
      false,
      true,
      true,
      true,
    ]);
  });

  it('knows keys of the new type from the right patch of its release on', () => {
    assert.deepEqual(
      ['18.2.7', '19.2.5', '19.2.6', '20.2.3', '20.2.4', '21.2.0', '22.1.0'].map(knowsNewCipher),
      [false, false, true, false, true, true, true],
    );
    assert.deepEqual(
      oldKeysIn([
        'entity client.fs using insecure key type: aes',
        'entity client.libvirt using insecure key type: aes',
        'entity osd.0 using insecure key type: aes',
      ]),
      ['client.fs', 'client.libvirt'],
    );
  });
});

describe('programs with a librbd that was replaced', () => {
  const line = (pid: number, ...words: readonly string[]): string =>
    `${pid} ${Buffer.from(words.map((word) => `${word}\0`).join('')).toString('base64')}`;

  it('are domains by the name that QEMU was given, whatever it holds, or other programs', () => {
    const output = [
      line(12, '/usr/bin/qemu-system-x86_64', '-name', 'guest=a,,b $(x),debug-threads=on', '-S'),
      line(13, '/usr/sbin/libvirtd'),
      '14 ',
      'noise',
      '',
    ].join('\n');
    assert.deepEqual(parseStalePrograms(output), [
      { pid: 12, program: 'qemu-system-x86_64', domain: 'a,b $(x)' },
      { pid: 13, program: 'libvirtd', domain: undefined },
      { pid: 14, program: '', domain: undefined },
    ]);
  });
});
