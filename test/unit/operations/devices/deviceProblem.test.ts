import assert from 'node:assert/strict';
import {
  DeviceProblem,
  explainDeviceFailure,
  type DeviceProblemCode,
} from '../../../../src/operations/devices/deviceProblem.ts';
import { libvirtError } from '../libvirtError.ts';

/** As libvirt and QEMU say it. */
const said: readonly (readonly [text: string, code: DeviceProblemCode])[] = [
  ["XML error: target 'vdb' duplicated for disk sources 'vm1-disk' and 'vm1-disk'", 'taken'],
  ['operation failed: target vdb already exists', 'taken'],
  ['internal error: Could not find sata controller with index 0 required for device', 'no-hotplug'],
  ["Operation not supported: disk bus 'ide' cannot be hotplugged.", 'no-hotplug'],
  ["Operation not supported: disk bus 'sata' can't be hotunplugged", 'no-hotplug'],
  ['internal error: No more available PCI slots', 'no-slot'],
  [
    "internal error: unable to execute QEMU command 'blockdev-add': error reading header from nosuch: No such file or directory",
    'missing-image',
  ],
  ["Cannot access storage file '/no/such.img': No such file or directory", 'missing-image'],
  [
    "internal error: unable to execute QEMU command 'blockdev-add': Could not open '/x.img': Permission denied",
    'no-access',
  ],
  [`internal error: unable to execute QEMU command 'blockdev-add': Failed to get "write" lock`, 'in-use'],
  [
    "internal error: unable to execute QEMU command 'blockdev-add': Image is not in qcow2 format",
    'wrong-image',
  ],
  [
    "internal error: unable to execute QEMU command 'blockdev-add': error connecting: Operation not supported",
    'ceph-refuses',
  ],
  [
    "internal error: unable to execute QEMU command 'blockdev-add': error connecting: Permission denied",
    'ceph-refuses',
  ],
  ["Secret not found: no secret with matching uuid '9999'", 'secret'],
  [
    "internal error: unable to execute QEMU command 'blockdev-remove-medium': Tray of device 'ide0-0-0' is not open",
    'tray-closed',
  ],
  ["internal error: unable to execute QEMU command 'eject': Device 'drive-ide0-1-0' is locked", 'locked'],
  ['operation failed: device unplug request was rejected by the guest', 'guest-refuses'],
  [
    "internal error: unable to execute QEMU command 'device_del': Device virtio-disk2 is already in the process of unplug",
    'guest-keeps-it',
  ],
  ["unsupported configuration: host doesn't support passthrough of host PCI devices", 'no-passthrough'],
  ['device not found: no matching network device was found', 'no-such-device'],
];

describe('what libvirt says about a device', () => {
  for (const [text, code] of said) {
    it(`“${text.slice(0, 90)}” is ${code}`, () => {
      const problem = explainDeviceFailure(libvirtError(text), 'vdb was not attached');
      assert.ok(problem instanceof DeviceProblem);
      assert.equal(problem.code, code);
      assert.match(problem.message, /^vdb was not attached: /);
      assert.equal(problem.raw, text);
    });
  }

  it('and is not known stays as it is', () => {
    const error = libvirtError('internal error: something new');
    assert.equal(explainDeviceFailure(error, 'x'), error);
    const other = new Error('not of libvirt');
    assert.equal(explainDeviceFailure(other, 'x'), other);
  });
});
