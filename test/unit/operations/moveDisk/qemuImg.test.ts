import assert from 'node:assert/strict';
import {
  imageOptions,
  isReachedAlike,
  type ImageSpec,
} from '../../../../src/operations/moveDisk/imageSpec.ts';
import { proposeImageName } from '../../../../src/operations/moveDisk/proposeName.ts';
import { parseChain, progressIn } from '../../../../src/operations/moveDisk/qemuImg.ts';
import { compareCommand, convertCommand } from '../../../../src/operations/moveDisk/shellCommands.ts';
import type { PlanHost } from '../../../../src/operations/plan/planHost.ts';

const access = {
  monitors: ['10.0.0.1:6789', '[fd00::1]:3300'],
  clientId: 'libvirt',
  key: 'AQBsecret==',
  configFile: '/dev/null',
  settings: new Map<string, string>(),
};
const rbd: ImageSpec = {
  kind: 'rbd',
  image: { pool: 'vms', namespace: undefined, image: 'a,b' },
  access,
  secretUuid: '3f2b1c9a-7d54-4e0b-9a16-5c8e2d7f4b60',
};
const file: ImageSpec = { kind: 'file', path: '/srv/a,b=c.qcow2', format: 'qcow2' };
const host = { driverUri: 'qemu:///system' } as PlanHost;

describe('what qemu-img says', () => {
  it('of how far it is: the last of several records counts', () => {
    assert.equal(progressIn('    (0.00/100%)\r    (12.50/100%)\r'), 0.125);
    assert.equal(progressIn('    (100.00/100%)\r\n'), 1);
    assert.equal(progressIn('Images are identical.\n'), undefined);
  });

  it('of a chain: sizes, snapshots within, a format that is guessed', () => {
    const json = JSON.stringify([
      {
        ...{ filename: '/a', format: 'qcow2', 'virtual-size': 10, 'actual-size': 3 },
        ...{ 'backing-filename': 'b', snapshots: [{ name: 's1' }] },
      },
      { filename: '/b', format: 'luks', 'virtual-size': 10, 'actual-size': 4 },
    ]);
    const [top, base] = parseChain(json, 'file');
    assert.deepEqual(
      [top?.data, top?.snapshots, top?.guessesBacking, top?.isEncrypted],
      [3, ['s1'], true, false],
    );
    assert.deepEqual([base?.isEncrypted, base?.guessesBacking], [true, false]);
    assert.equal(parseChain(json, 'block')[0]?.data, undefined);
  });
});

describe('the commands of a move, as one types them', () => {
  it('have commas of names doubled', () => {
    assert.equal(
      imageOptions(rbd),
      'driver=rbd,pool=vms,image=a,,b,user=libvirt,conf=/dev/null,server.0.host=10.0.0.1,server.0.port=6789,server.1.host=fd00::1,server.1.port=3300,key-secret=key',
    );
    assert.equal(imageOptions(file), 'driver=qcow2,file.driver=file,file.filename=/srv/a,,b=c.qcow2');
  });

  it('get the key out of libvirt by a pipe, and show it nowhere', () => {
    for (const command of [convertCommand(host, file, rbd), compareCommand(host, file, rbd)]) {
      assert.ok(!JSON.stringify(command).includes('AQBsecret'));
      assert.ok(command.input?.kind === 'program' && command.input.argv.includes('secret-get-value'));
      assert.ok(command.argv.some((word) => word.endsWith('file=/dev/stdin')));
    }
  });

  it('need no key between files', () => {
    const raw: ImageSpec = { kind: 'block', path: '/dev/vg/lv', format: 'raw' };
    const { argv, input } = convertCommand(host, raw, file);
    assert.equal(argv.join(' '), 'qemu-img convert -p -n -f raw -O qcow2 /dev/vg/lv /srv/a,b=c.qcow2');
    assert.equal(input, undefined);
  });

  it('open two RBD images with one key only where both are reached alike', () => {
    assert.ok(isReachedAlike(rbd, rbd));
    assert.ok(isReachedAlike(rbd, file));
    assert.ok(!isReachedAlike(rbd, { ...rbd, access: { ...access, key: 'AQBother==' } }));
  });
});

describe('the name that is proposed for an image', () => {
  it('is made of domain and disk, free, and one that every pool takes', () => {
    assert.equal(proposeImageName('web1', 'vda', '', new Set()), 'web1-vda');
    assert.equal(proposeImageName('web1', 'vda', '.qcow2', new Set(['web1-vda.qcow2'])), 'web1-vda-2.qcow2');
    assert.equal(proposeImageName('../a/b@c\n', 'vda', '', new Set()), 'a-b-c--vda');
    assert.equal(proposeImageName('-x', 'sda', '', new Set()), 'x-sda');
  });
});
