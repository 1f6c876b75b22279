import assert from 'node:assert/strict';
import { readKeys } from '../../../../src/operations/console/keyNames.ts';

describe('a combination of keys', () => {
  it('is read by the names on the keys, in any case', () => {
    // KEY_LEFTCTRL, KEY_LEFTALT, KEY_DELETE of linux/input-event-codes.h.
    for (const text of ['Ctrl+Alt+Delete', 'ctrl + alt + del', 'Control+ALT+DEL'])
      assert.deepEqual(readKeys(text), { codes: [29, 56, 111] }, text);
    assert.deepEqual(readKeys('Alt+SysRq+B'), { codes: [56, 99, 48] });
    assert.deepEqual(readKeys('F1'), { codes: [59] });
    assert.deepEqual(readKeys('F10+f11+F12'), { codes: [68, 87, 88] });
    assert.deepEqual(readKeys('Page Up+a+z+0+1+-+plus+/'), { codes: [104, 30, 44, 11, 2, 12, 13, 53] });
  });

  it('names the key that there is not', () => {
    assert.deepEqual(readKeys('Ctrl+Any'), { unknown: 'any' });
    assert.deepEqual(readKeys(''), { unknown: '' });
    assert.deepEqual(readKeys('Ctrl+'), { unknown: '' });
    assert.deepEqual(readKeys('constructor'), { unknown: 'constructor' });
  });

  it('has at most as many keys as libvirt takes', () => {
    assert.deepEqual(readKeys(Array.from({ length: 17 }, () => 'a').join('+')), { tooMany: 16 });
  });
});
