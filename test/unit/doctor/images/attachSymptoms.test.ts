import assert from 'node:assert/strict';
import { suspect } from '../../../../src/doctor/complaint.ts';
import { imagesNamedIn, unsupportedFeaturesIn } from '../../../../src/doctor/failures/images/featureMasks.ts';
import {
  imageFeaturesUnsupportedFailure,
  newerThan,
} from '../../../../src/doctor/failures/images/imageFeaturesUnsupported.ts';
import { missingDisks } from '../../../../src/doctor/failures/images/volumeNotAttached/missingDisks.ts';
import { volumeNotAttachedFailure } from '../../../../src/doctor/failures/images/volumeNotAttached/volumeNotAttached.ts';
import { parseDomain, type DomainModel } from '../../../../src/libvirt/model/domain.ts';
import { complaintsIn, withoutKeys } from '../../../../src/operations/domains/domainLog.ts';

const failures = [volumeNotAttachedFailure, imageFeaturesUnsupportedFailure];
const suspected = (said: string): readonly string[] =>
  suspect(new Error(said), undefined, failures).map(({ failure }) => failure.id);
const domain = (...disks: readonly string[]): Promise<DomainModel> =>
  parseDomain(`<domain type='kvm'><name>a</name><devices>${disks.join('')}</devices></domain>`);
const disk = (target: string, path: string, more = '', device = 'disk'): string =>
  `<disk type='file' device='${device}'><source file='${path}'/>${more}<target dev='${target}' bus='virtio'/></disk>`;

describe('what is said of a disk that is not attached', () => {
  it('is that QEMU could not, in old and new words', () => {
    const said = [
      "internal error: unable to execute QEMU command '__com.redhat_drive_add': Device 'drive-virtio-disk2' could not be initialized",
      "internal error: unable to execute QEMU command 'blockdev-add': error reading header from nosuch: No such file or directory",
      "internal error: unable to execute QEMU command 'device_add': Bus 'pci.0' does not support hotplugging",
    ];
    for (const one of said) assert.deepEqual(suspected(one), ['volume-not-attached']);
  });

  it('is neither a monitor command of another kind nor a definition that is wrong', () => {
    const others = [
      "internal error: unable to execute QEMU command 'migrate': x",
      "XML error: target 'vdb' duplicated for disk sources 'a' and 'b'",
      'internal error: Could not find sata controller with index 0 required for device',
      'error reading header from a: No such file or directory',
      'rbd: map failed: (2) No such file or directory',
    ];
    for (const one of others) assert.deepEqual(suspected(one), [], one);
  });

  it('is about features, where librbd or the kernel say so', () => {
    const said = [
      '2018-06-05 13:40:32.377678 7f99f5355c80 -1 librbd: Image uses unsupported features: 60',
      '[ 4186.766150] rbd: image vol0: image uses unsupported features: 0x38',
      'RBD image feature set mismatch. Try disabling features unsupported by the kernel with "rbd feature disable".',
      'error reading header from vm: Function not implemented',
    ];
    for (const one of said) assert.deepEqual(suspected(one), ['image-features-unsupported'], one);
  });
});

describe('features that a client does not know', () => {
  it('are decoded from decimal and hexadecimal masks, and read from names', () => {
    assert.deepEqual(unsupportedFeaturesIn('librbd: Image uses unsupported features: 60'), [
      'exclusive-lock',
      'object-map',
      'fast-diff',
      'deep-flatten',
    ]);
    assert.deepEqual(unsupportedFeaturesIn('rbd: image a: image uses unsupported features: 0x38'), [
      'object-map',
      'fast-diff',
      'deep-flatten',
    ]);
    assert.deepEqual(
      unsupportedFeaturesIn('with "rbd feature disable foo/y object-map fast-diff deep-flatten".'),
      ['object-map', 'fast-diff', 'deep-flatten'],
    );
    assert.deepEqual(
      unsupportedFeaturesIn('following immutable features are unsupported by the kernel: data-pool.'),
      ['data-pool'],
    );
    assert.deepEqual(unsupportedFeaturesIn('all is well'), []);
  });

  it('are of the image that is named', () => {
    assert.deepEqual(imagesNamedIn('T error reading header from volume-433ad82b'), ['volume-433ad82b']);
    assert.deepEqual(imagesNamedIn('[ 4.7] rbd: image vol 0: image uses unsupported features: 0x38'), [
      'vol 0',
    ]);
    assert.deepEqual(imagesNamedIn('with "rbd feature disable foo/y object-map".'), ['y']);
    assert.deepEqual(imagesNamedIn('nothing'), []);
  });

  it('are, where the kernel names none, those that came after it', () => {
    const usual = ['layering', 'exclusive-lock', 'object-map', 'fast-diff', 'deep-flatten'];
    assert.deepEqual(newerThan('4.15.0-213-generic', usual), ['object-map', 'fast-diff', 'deep-flatten']);
    assert.deepEqual(newerThan('3.10.0-1160.el7.x86_64', usual), usual.slice(1));
    assert.deepEqual(newerThan('6.1.0', [...usual, 'journaling']), ['journaling']);
    assert.deepEqual(newerThan(undefined, usual), []);
  });
});

describe('disks that a running domain lacks', () => {
  it('are those that only its definition has, or has otherwise', async () => {
    const missing = missingDisks(
      await domain(disk('vda', '/a'), disk('vdb', '/b'), disk('vdc', '/c')),
      await domain(disk('vda', '/a'), disk('vdb', '/other')),
    );
    assert.deepEqual(
      missing.map(({ defined, live }) => [defined.target, live?.target]),
      [
        ['vdb', 'vdb'],
        ['vdc', undefined],
      ],
    );
  });

  it('are neither changed media nor what a block job or a snapshot has put above', async () => {
    const chain = `<backingStore type='file'><source file='/b'/></backingStore>`;
    const defined = await domain(disk('sda', '/old.iso', '', 'cdrom'), disk('vdb', '/b'));
    const live = await domain(disk('sda', '/new.iso', '', 'cdrom'), disk('vdb', '/b.snap', chain));
    assert.deepEqual(missingDisks(defined, live), []);
  });
});

describe('the log of a domain', () => {
  it('is shown without keys, which old versions of libvirt wrote into it', () => {
    const old =
      '-drive file=rbd:p/i:id=libvirt:key=AQBh1XlZAAAAABAAcVaBh1p8w4Q3oaGoPW0R8w==:auth_supported=cephx';
    assert.equal(withoutKeys(old), '-drive file=rbd:p/i:id=libvirt:key=…:auth_supported=cephx');
    assert.equal(withoutKeys('key is AQBh1XlZAAAAABAAcVaBh1p8w4Q3oaGoPW0R8w=='), 'key is …');
  });

  it('has its complaints picked out, without the command line and what is logged for debugging', () => {
    const log = [
      '2026-11-20 11:29:40.235+0000: starting up libvirt version: 9.0.0',
      '-device error-device,id=x \\',
      '2026-11-21T18:34:49.571+0000 7f24037fe6c0 20 librbd::io::ReadResult: no error',
      '2018-06-05 13:40:32.377678 7f99f5355c80 -1 librbd: Image uses unsupported features: 60',
      '2018-06-05T13:40:34.471447Z error reading header from volume-433ad82b',
    ].join('\n');
    assert.deepEqual(
      complaintsIn(log).map((line) => line.slice(-20)),
      ['rted features: 60', 'volume-433ad82b'].map((end) =>
        log
          .split('\n')
          .find((line) => line.endsWith(end))
          ?.slice(-20),
      ),
    );
    assert.equal(complaintsIn(log, 1).length, 1);
  });
});
