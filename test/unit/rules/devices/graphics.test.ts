import assert from 'node:assert/strict';
import { domainText } from '../domainText.ts';
import { fixed, found, foundOnce } from '../samples.ts';

const graphics = (...all: readonly string[]): string =>
  domainText({ devices: all.map((attributes) => `<graphics ${attributes}/>`).join('\n') });

describe('duplicate-graphics-port', () => {
  const id = 'duplicate-graphics-port';

  it('finds a port that the domain has taken, and lets libvirt choose', () => {
    const text = graphics(`type='vnc' port='5901'`, `type='spice' port='5901' autoport='no'`);
    assert.equal(foundOnce(id, text).at, '5901');
    assert.ok(fixed(id, text).includes(`<graphics type='spice' port='-1' autoport='yes'/>`));
  });

  it('finds the port of TLS too', () => {
    foundOnce(id, graphics(`type='spice' port='5901' tlsPort='5901'`));
  });

  it('accepts ports that libvirt chooses, and different ones', () => {
    assert.deepEqual(
      found(
        id,
        graphics(
          `type='vnc' port='-1' autoport='yes'`,
          `type='spice' port='-1' tlsPort='-1'`,
          `type='vnc' port='5901' autoport='yes'`,
          `type='vnc' port='5901' autoport='yes'`,
          `type='vnc' port='5902'`,
        ),
      ),
      [],
    );
  });
});

describe('graphics-open-to-all', () => {
  const id = 'graphics-open-to-all';

  it('finds a display on all addresses, and closes it in both places', () => {
    const text = domainText({
      devices: `<graphics type='vnc' listen='0.0.0.0'><listen type='address' address='0.0.0.0'/></graphics>`,
    });
    assert.equal(foundOnce(id, text).at, '0.0.0.0');
    assert.equal(fixed(id, text).split('127.0.0.1').length, 3);
    foundOnce(id, graphics(`type='spice' listen='::'`));
  });

  it('accepts a password, one address, and displays that do not listen', () => {
    for (const attributes of [
      `type='vnc' listen='0.0.0.0' passwd='x'`,
      `type='vnc' listen='127.0.0.1'`,
      `type='vnc'`,
      `type='egl-headless' listen='0.0.0.0'`,
    ]) {
      assert.deepEqual(found(id, graphics(attributes)), [], attributes);
    }
  });
});
