import assert from 'node:assert/strict';
import { found, foundOnce } from '../samples.ts';

const id = 'unknown-rule-in-comment';

describe(id, () => {
  it('names what is no rule, where it stands', () => {
    const { at, message, severity } = foundOnce(
      id,
      '<domain><!-- libvirt-lint disable client-prefix rbd-auth --><name/></domain>',
    );
    assert.equal(at, 'rbd-auth');
    assert.match(message, /^There is no rule rbd-auth/);
    assert.equal(severity, 'information');
  });

  it('finds a comment that names no rule', () => {
    const comment = '<!-- libvirt-lint disable -->';
    assert.equal(foundOnce(id, `${comment}<domain/>`).at, comment);
  });

  it('knows every rule, itself too', () => {
    assert.deepEqual(found(id, `<!-- libvirt-lint disable ${id} secret-type --><domain/>`), []);
    assert.deepEqual(found(id, `<!-- libvirt-lint disable ${id} nonsense --><domain/>`), []);
  });
});
