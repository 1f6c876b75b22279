import { Problem } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import { LibvirtError } from '../../libvirt/errors.ts';

export type DeviceProblemCode =
  /** libvirt said yes, and the running domain does not have it. */
  | 'not-live'
  /** libvirt said yes, and the definition does not have it. */
  | 'not-defined'
  /** It was changed in the running domain, and not in the definition. */
  | 'half-done'
  /** The guest has not let go of it within the time. */
  | 'guest-keeps-it'
  /** The guest, or its machine, refuses. */
  | 'guest-refuses'
  | 'no-such-device'
  | 'no-hotplug'
  | 'no-slot'
  | 'taken'
  | 'in-use'
  | 'locked'
  /** The guest has closed the tray while it was to be open. */
  | 'tray-closed'
  | 'no-access'
  | 'missing-image'
  | 'wrong-image'
  | 'ceph-refuses'
  | 'secret'
  | 'no-passthrough'
  | 'cannot-shrink'
  | 'cannot-change';

/** Why a device was not attached, changed or detached, in words that say what to do. */
export class DeviceProblem extends Problem {
  readonly code: DeviceProblemCode;

  constructor(code: DeviceProblemCode, message: string, advice?: string, cause?: unknown) {
    super(message, { advice, cause, raw: cause instanceof Problem ? cause.raw : undefined });
    this.code = code;
  }
}

interface Cause {
  readonly code: DeviceProblemCode;
  readonly pattern: RegExp;
  readonly words: (match: RegExpExecArray) => readonly [what: string, advice: string | undefined];
}

/** What libvirt 9.0 and QEMU 7.2 say, and what their neighbours do: the texts have changed little over the years. */
const causes: readonly Cause[] = [
  {
    code: 'taken',
    pattern: /target '?([\w-]+)'? (?:duplicated|already exists)/i,
    words: ([, target = '']) => [
      t('It has a disk {0} already.', target),
      t('Choose another name: it may be one that is only there at the next start.'),
    ],
  },
  {
    code: 'no-hotplug',
    pattern:
      /disk bus '(\w+)' can(?:not|'t) be hot-?(?:un)?plugged|Could not find (\w+) controller with index|disk device type '(\w+)' cannot be hot/i,
    words: ([, bus, controller, device]) => [
      t(
        '{0} cannot be plugged in or out while the domain runs.',
        (bus ?? controller ?? device ?? '').toUpperCase(),
      ),
      t('Choose virtio or SCSI, or let it take effect at the next start.'),
    ],
  },
  {
    code: 'no-slot',
    pattern:
      /No more available PCIe? slots|no (?:free|more|available) PCIe? (?:slot|address)|No PCI buses available/i,
    words: () => [
      t('All PCI slots of the machine are taken.'),
      t(
        'A PCI Express machine (q35) has one slot for each <controller type="pci" model="pcie-root-port"/>: add some to its XML for the next start. SCSI disks need no slot of their own.',
      ),
    ],
  },
  {
    code: 'missing-image',
    pattern: /error reading header from (\S+): No such file or directory/,
    words: ([, image = '']) => [
      t('Ceph has no image {0}.', image),
      t('Refresh the pool: the image may have been removed since.'),
    ],
  },
  {
    code: 'missing-image',
    pattern:
      /(?:Cannot access (?:storage file|backing file)|Could not open|Failed to open file|unable to stat|cannot open file) '?([^':]+)'?.*: No such file or directory/s,
    words: ([, path = '']) => [
      t('The host has no file {0}.', path),
      t('Check the path. It is a path on the host, not on this machine.'),
    ],
  },
  {
    code: 'no-access',
    pattern:
      /(?:Could not open|Cannot access (?:storage|backing) file|Failed to open file) '?([^':]+)'?.*: Permission denied/s,
    words: ([, path = '']) => [
      t('QEMU may not open {0}.', path),
      t(
        'The user that QEMU runs as needs the right to read and write it, and to enter each folder above it.',
      ),
    ],
  },
  {
    code: 'in-use',
    pattern: /Failed to (?:get|lock).*lock|Is another process using the image/is,
    words: () => [
      t('Another program on the host has the image open: most often another domain.'),
      t(
        'Two that write to one image destroy it. Stop or detach the other one, or make the disk shareable or read-only in both.',
      ),
    ],
  },
  {
    code: 'wrong-image',
    pattern: /(?:Image is not in|is not a valid) (\w+)(?: format)?/i,
    words: ([, format = '']) => [
      t('The image is not of the format {0}.', format),
      t('Choose the format that it has.'),
    ],
  },
  {
    code: 'ceph-refuses',
    pattern: /error reading header from (\S+): Operation not permitted/,
    words: ([, image = '']) => [
      t('The Ceph user may not use the image {0}.', image),
      t('Give it “profile rbd” for the pool of the image: “ceph auth caps” replaces all that it has.'),
    ],
  },
  {
    code: 'ceph-refuses',
    pattern: /error reading header from (\S+): Function not implemented/,
    words: ([, image = '']) => [
      t('The librbd of the host does not know a feature that the image {0} has.', image),
      t('“rbd info” lists its features: disable those that are too new, or update librbd on the host.'),
    ],
  },
  {
    code: 'ceph-refuses',
    pattern: /error connecting: (?:No such file or directory|Operation not supported)/,
    words: () => [
      t('QEMU has no key to log in to Ceph with.'),
      t('The disk needs the <auth> of its pool. Check that the pool names a user and a secret.'),
    ],
  },
  {
    code: 'ceph-refuses',
    pattern: /error connecting: Permission denied/,
    words: () => [
      t('Ceph refuses the login.'),
      t('Check the user name of the pool, and that its secret holds the key of that user.'),
    ],
  },
  {
    code: 'secret',
    pattern: /no secret with matching (?:uuid|usage) '([^']+)'/,
    words: ([, secret = '']) => [
      t('The host has no secret {0}.', secret),
      t('Define it on this host, or copy it from another one.'),
    ],
  },
  {
    code: 'secret',
    pattern: /secret '([^']+)' does not have a value/,
    words: ([, secret = '']) => [
      t('The secret {0} has no value.', secret),
      t('Set its value to the key of the Ceph user.'),
    ],
  },
  {
    code: 'tray-closed',
    pattern: /tray of .* is not open/i,
    words: () => [
      t('The guest closes the tray again and again.'),
      t('It may be looking for something to boot from. Try again in a moment.'),
    ],
  },
  {
    code: 'locked',
    pattern: /is locked|tray (?:of|for) .* is locked|tray status update/i,
    words: () => [t('The guest has locked the drive.'), t('Eject it in the guest, or do it by force.')],
  },
  {
    code: 'guest-refuses',
    pattern: /unplug request was rejected|rejected by the guest|acknowledged? failure/i,
    words: () => [t('The guest refuses to give it up.'), t('Unmount it in the guest, then try again.')],
  },
  {
    code: 'guest-keeps-it',
    pattern: /already in the process of unplug/i,
    words: () => [
      t('The guest has been asked already, and has not let go of it yet.'),
      t('A guest that is paused, or has not finished booting, does not answer.'),
    ],
  },
  {
    code: 'cannot-shrink',
    pattern: /can't shrink|shrinking/i,
    words: () => [
      t('libvirt does not make this volume smaller.'),
      t(
        'It can while the domain runs. Of an RBD image, “rbd resize --allow-shrink” on the host does it too.',
      ),
    ],
  },
  {
    code: 'no-passthrough',
    pattern: /(?:does not|doesn't) support passthrough|IOMMU|vfio/i,
    words: () => [
      t('The host cannot give this device to a guest.'),
      t(
        'It needs an IOMMU that is switched on in the firmware and, on Intel, by “intel_iommu=on” for the kernel.',
      ),
    ],
  },
  {
    code: 'in-use',
    pattern: /(?:PCI|USB) device \S+ is in use by driver (\S+), domain (.+)$/m,
    words: ([, , domain = '']) => [t('The domain {0} has it.', domain.trim()), t('Detach it there first.')],
  },
  {
    code: 'no-such-device',
    pattern:
      /(?:no (?:target )?device|device not found|matching .* not found|did not find USB device|no device matching|not present in)/i,
    words: () => [t('It is not there.'), t('Somebody else may have detached it. Read the host again.')],
  },
  {
    code: 'cannot-change',
    pattern:
      /cannot modify|cannot be (?:changed|updated)|changing .* is not (?:supported|allowed)|unable to change/i,
    words: () => [
      t('libvirt cannot change this while the domain runs.'),
      t('Let it take effect at the next start.'),
    ],
  },
];

/**
 * Puts what libvirt and QEMU said about a device into words. What is not known comes back as it is.
 * @param what was not done: `vdb was not attached to web1 on kvm1`
 */
export function explainDeviceFailure(error: unknown, what: string): unknown {
  if (!(error instanceof LibvirtError)) return error;
  const said = error.raw ?? error.message;
  for (const { code, pattern, words } of causes) {
    const match = pattern.exec(said);
    if (!match) continue;
    const [why, advice] = words(match);
    return new DeviceProblem(code, t('{0}: {1}', what, why), advice, error);
  }
  return error;
}
