import assert from 'node:assert/strict';
import { archiveOf } from '../../../tools/privateApt.ts';

describe('where this machine takes Debian’s packages from', () => {
  const uris = [
    "'http://mirror.example/debian-security/dists/bookworm-security/InRelease' security_InRelease 0 ",
    "'http://ceph.example/debian-reef/dists/bookworm/InRelease' ceph_InRelease 0 ",
    "'http://mirror.example/mirrors/debian/dists/bookworm/InRelease' debian_InRelease 0 ",
  ].join('\n');

  it('is the archive that has its release', () => {
    assert.equal(archiveOf(uris, 'bookworm'), 'http://mirror.example/mirrors/debian');
  });

  it('is not known on another distribution', () => {
    assert.equal(archiveOf(uris, 'noble'), undefined);
    assert.equal(archiveOf('', undefined), undefined);
  });
});
