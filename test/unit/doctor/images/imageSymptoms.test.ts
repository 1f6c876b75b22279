import assert from 'node:assert/strict';
import { suspect } from '../../../../src/doctor/complaint.ts';
import { namedImage } from '../../../../src/doctor/failures/images/complainedImage.ts';
import { imageHasSnapshotsFailure } from '../../../../src/doctor/failures/images/imageHasSnapshots.ts';
import { imageInTrashFailure } from '../../../../src/doctor/failures/images/imageInTrash.ts';
import { imageInUseFailure } from '../../../../src/doctor/failures/images/imageInUse.ts';

const failures = [imageInUseFailure, imageHasSnapshotsFailure, imageInTrashFailure];
const suspected = (said: string): readonly string[] =>
  suspect(new Error(said), undefined, failures).map(({ failure }) => failure.id);

describe('what is said of an image that will not go away', () => {
  it('is of one that is open, where rbd or librbd speak of watchers', () => {
    const said = [
      'rbd: error: image still has watchers\nThis means the image is still open or the client using it crashed.',
      '2026-11-20T11:34:28.260+0000 7f788b7fe6c0 -1 librbd::image::PreRemoveRequest: 0x55c34eb39a60 check_image_watchers: image has watchers - not removing',
    ];
    for (const one of said) assert.deepEqual(suspected(one), ['image-in-use']);
  });

  it('is of one with snapshots, where rbd speaks of them', () => {
    const said = [
      "rbd: image has snapshots - these must be deleted with 'rbd snap purge' before the image can be removed.",
      "rbd: snapshot 's1' is protected from removal.",
      "librbd::SnapshotUnprotectRequest: cannot unprotect: at least 1 child(ren) [107cfe0785d8] in pool 'libvirt-pool'",
      'rbd: unprotecting snap failed: (16) Device or resource busy',
      "error: failed to unprotect snapshot 'libvirt-pool/big@s1': No such file or directory",
    ];
    for (const one of said) assert.deepEqual(suspected(one), ['image-has-snapshots']);
  });

  it('may be both where libvirt speaks, which says the same of either', () => {
    assert.deepEqual(suspected("failed to remove volume 'libvirt-pool/vm-boot': No such file or directory"), [
      'image-in-use',
      'image-has-snapshots',
    ]);
  });

  it('may be of one in the trash, where QEMU finds no header', () => {
    assert.deepEqual(suspected('error reading header from nosuch: No such file or directory'), [
      'image-in-trash',
    ]);
  });

  it('is neither where a file, another action or another reason is meant', () => {
    const others = [
      "cannot remove storage volume '/var/lib/libvirt/images/a.qcow2': No such file or directory",
      'rbd: failed to create snapshot: (17) File exists',
      'rbd: error opening image vm-boot: (2) No such file or directory',
      'error connecting: No such file or directory',
      'error reading header from a: Function not implemented',
      'rbd: flatten error: (22) Invalid argument',
    ];
    for (const one of others) assert.deepEqual(suspected(one), [], one);
  });

  it('names the image by its pool, whatever it is called', () => {
    assert.deepEqual(namedImage("failed to remove volume 'a b/$(x) é': No such file or directory"), {
      pool: 'a b',
      namespace: undefined,
      image: '$(x) é',
    });
    assert.deepEqual(namedImage("failed to unprotect snapshot 'p/ns/i@s/1': x"), {
      pool: 'p',
      namespace: 'ns',
      image: 'i',
    });
    assert.equal(namedImage("snapshot 's1' is protected from removal."), undefined);
  });
});
