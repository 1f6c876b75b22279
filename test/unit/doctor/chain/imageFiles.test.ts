import assert from 'node:assert/strict';
import { parseImageFiles } from '../../../../src/doctor/failures/chain/imageFiles.ts';
import { backingName } from '../../../../src/doctor/failures/chain/rebaseStep.ts';

const header = ` 51 46 49 fb 00 00 00 03 00 00 00 00 00 00 01 c8 00 00 00 09 00 00 00 10
 00 00 00 00 02 00 00 00`;

describe('files of disks', () => {
  it('are what the host says, in the order that they were asked for', () => {
    const output = `= missing
= forbidden
= raw 33554432
> ${header.replaceAll('\n', '\n> ')}
= raw 512
> 00 00 00 00
= image 0
> {"virtual-size": 33554432, "backing-filename": "base.qcow2",
>  "full-backing-filename": "/i/base.qcow2", "backing-filename-format": "qcow2"}
= image 1
> qemu-img: Could not open '/i/x': Image is not in qcow2 format
= image 1
> qemu-img: Could not open '/i/x': Could not open '/i/x': Permission denied
= other
`;
    assert.deepEqual(parseImageFiles(output), [
      { kind: 'missing' },
      { kind: 'forbidden' },
      { kind: 'raw', size: 33554432, header: { version: 3, size: 33554432, hasBacking: true } },
      { kind: 'raw', size: 512, header: undefined },
      {
        kind: 'image',
        size: 33554432,
        backing: { name: 'base.qcow2', path: '/i/base.qcow2', format: 'qcow2' },
      },
      { kind: 'unreadable', said: "qemu-img: Could not open '/i/x': Image is not in qcow2 format" },
      { kind: 'forbidden' },
      { kind: 'unreadable', said: '' },
    ]);
  });

  it('are no qcow2 where only the first letters look so', () => {
    const [file] = parseImageFiles(
      `= raw 512\n> ${header.replace('00 00 00 10', '00 00 00 99').replaceAll('\n', '\n> ')}\n`,
    );
    assert.deepEqual(file, { kind: 'raw', size: 512, header: undefined });
  });

  it('keep a relative name as long as they stay in the folder', () => {
    assert.equal(backingName('/i/top.qcow2', 'base.qcow2', '/i/new.qcow2'), 'new.qcow2');
    assert.equal(backingName('/i/top.qcow2', 'base.qcow2', '/j/base.qcow2'), '/j/base.qcow2');
    assert.equal(backingName('/i/top.qcow2', '/i/base.qcow2', '/i/new.qcow2'), '/i/new.qcow2');
  });
});
