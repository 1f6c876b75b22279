import assert from 'node:assert/strict';
import { keepPasswords } from '../../../src/xml/keepPasswords.ts';

const domain = (...graphics: readonly string[]): string =>
  `<domain type='kvm'>\n  <devices>\n    ${graphics.join('\n    ')}\n  </devices>\n</domain>\n`;

describe('passwords of a domain that was edited without them', () => {
  it('are put back', () => {
    const secure = domain(
      `<graphics type='vnc' port='-1' passwd='a&amp;b&apos;c' passwdValidTo='2030-01-01T00:00:00'/>`,
    );
    assert.equal(
      keepPasswords(domain(`<graphics type='vnc' port='-1'/>`), secure),
      domain(`<graphics type='vnc' port='-1' passwd='a&amp;b&apos;c' passwdValidTo='2030-01-01T00:00:00'/>`),
    );
  });

  it('go to the same graphics when there are several', () => {
    const secure = domain(
      `<graphics type='vnc' passwd='one'/>`,
      `<graphics type='spice' passwd='two'><listen type='address'/></graphics>`,
      `<graphics type='vnc' passwd='three'/>`,
    );
    const edited = domain(
      `<graphics type='spice'><listen type='address'/></graphics>`,
      `<graphics type='vnc'/>`,
      `<graphics type='vnc'/>`,
    );
    assert.equal(
      keepPasswords(edited, secure),
      domain(
        `<graphics type='spice' passwd='two'><listen type='address'/></graphics>`,
        `<graphics type='vnc' passwd='one'/>`,
        `<graphics type='vnc' passwd='three'/>`,
      ),
    );
  });

  it('do not replace a new one, and do not come back to graphics that were removed', () => {
    const secure = domain(`<graphics type='vnc' passwd='old'/>`);
    const changed = domain(`<graphics type='vnc' passwd='new'/>`);
    assert.equal(keepPasswords(changed, secure), changed);
    const removed = domain(`<video/>`);
    assert.equal(keepPasswords(removed, secure), removed);
  });

  it('leave a text alone that is no XML', () => {
    const broken = '<domain><devices><graphics type=';
    assert.equal(
      keepPasswords(broken, domain(`<graphics type='vnc' passwd='x'/>`)).includes('passwd'),
      false,
    );
  });
});
