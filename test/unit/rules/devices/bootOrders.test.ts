import assert from 'node:assert/strict';
import { domainText, fileDisk } from '../domainText.ts';
import { fixed, found, foundOnce, titles } from '../samples.ts';

const boot = (order: string): string => `<boot order='${order}'/>`;
const disks = (...orders: readonly string[]): string =>
  orders.map((order, index) => fileDisk(`vd${'abc'[index] ?? ''}`, { inside: boot(order) })).join('\n');

describe('duplicate-boot-order', () => {
  const id = 'duplicate-boot-order';

  it('finds the second device with a place, and puts it last', () => {
    const text = domainText({
      devices: `${disks('1', '2')}\n<interface type='user'>${boot('1')}</interface>`,
    });
    const finding = foundOnce(id, text);
    assert.equal(
      finding.message,
      'Another device (<disk>) has the boot order 1 already: libvirt refuses the definition.',
    );
    assert.ok(fixed(id, text).includes(`<interface type='user'>${boot('3')}</interface>`));
  });

  it('offers each of several a place of its own', () => {
    const offered = found(id, domainText({ devices: disks('1', '1', '1') })).map(({ fixes }) =>
      titles(fixes),
    );
    assert.deepEqual(offered, [['Put it last: 2 *'], ['Put it last: 3 *']]);
  });

  it('accepts different places', () => {
    assert.deepEqual(found(id, domainText({ devices: disks('2', '1', '10') })), []);
  });
});

describe('boot-order-with-os-boot', () => {
  const id = 'boot-order-with-os-boot';
  const text = domainText({ inOs: `<boot dev='hd'/><boot dev='cdrom'/>`, devices: disks('1', '2') });

  it('finds both ways in one domain, and keeps either', () => {
    assert.equal(foundOnce(id, text).at, 'boot');
    assert.ok(!fixed(id, text).includes('<boot dev'));
    assert.ok(!fixed(id, text, undefined, 'Keep <boot dev> in <os>').includes('<boot order'));
  });

  it('accepts one of them', () => {
    assert.deepEqual(found(id, domainText({ inOs: `<boot dev='hd'/>`, devices: fileDisk('vda') })), []);
    assert.deepEqual(found(id, domainText({ inOs: `<bootmenu enable='yes'/>`, devices: disks('1') })), []);
  });
});
