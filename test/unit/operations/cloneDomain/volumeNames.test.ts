import assert from 'node:assert/strict';
import { proposeVolumeName } from '../../../../src/operations/cloneDomain/clonableDisk.ts';
import { UndoStack } from '../../../../src/operations/cloneDomain/undoStack.ts';
import { parseVolume } from '../../../../src/libvirt/model/volume.ts';

async function file(
  name: string,
  format: string,
): Promise<Parameters<typeof proposeVolumeName>[0]['source']> {
  const model = await parseVolume(
    `<volume><name>${name}</name><target><format type='${format}'/></target></volume>`,
  );
  const pool = { name: 'images', uuid: '1' };
  return {
    kind: 'volume',
    volume: { pool: 'images', name, key: `/i/${name}` },
    model,
    pool,
    poolModel: {
      ...{ type: 'dir', name: 'images', uuid: '1', capacity: 1, allocation: 1, available: 1 },
      ...{ sourceName: undefined, hosts: [], auth: undefined, devices: [], directory: undefined },
      ...{ format: undefined, configOptions: new Map(), targetPath: '/i' },
    },
  };
}

describe('the name of a cloned volume', () => {
  it('has the new name of the domain in it, and is free', async () => {
    const source = await file('web1.qcow2', 'qcow2');
    assert.equal(proposeVolumeName({ source, taken: new Set() }, 'copy', 'web1', 'web2'), 'web2.qcow2');
    const taken = new Set(['web2.qcow2', 'web2-2.qcow2']);
    assert.equal(proposeVolumeName({ source, taken }, 'copy', 'web1', 'web2'), 'web2-3.qcow2');
    const other = await file('disk', 'raw');
    assert.equal(proposeVolumeName({ source: other, taken }, 'copy', 'web1', 'web2'), 'disk-web2');
  });

  it('tells the format of an overlay', async () => {
    const source = await file('web1.img', 'raw');
    assert.equal(proposeVolumeName({ source, taken: new Set() }, 'overlay', 'web1', 'web2'), 'web2.qcow2');
    assert.equal(proposeVolumeName({ source, taken: new Set() }, 'copy', 'web1', 'web2'), 'web2.img');
  });
});

describe('what was made for a clone', () => {
  it('is taken away the newest first; what stays is told', async () => {
    const undone: string[] = [];
    const stack = new UndoStack();
    stack.made('first', () => Promise.resolve(undone.push('first')));
    stack.made('second', () => Promise.reject(new Error('busy')));
    stack.made('third', () => Promise.resolve(undone.push('third')));
    assert.deepEqual(await stack.undo(), ['second: busy']);
    assert.deepEqual(undone, ['third', 'first']);
    assert.deepEqual(await stack.undo(), []);
  });
});
