import { familyOf, managerOf, type Family, type WantedPackages } from '../packages/distributions.ts';

const common = ['ceph-common', 'libvirt-daemon-driver-storage-rbd'];

const blockDrivers: Readonly<Record<Family, string>> = {
  debian: 'qemu-block-extra',
  rhel: 'qemu-kvm-block-rbd',
  fedora: 'qemu-block-rbd',
  suse: 'qemu-block-rbd',
};

/**
 * The packages that let a host use Ceph: Ceph's programs, libvirt's storage driver, QEMU's block driver.
 * @param distributions the distribution, and those that it is like; undefined: none of them is known
 */
export function cephPackagesOf(distributions: readonly string[]): WantedPackages | undefined {
  const family = familyOf(distributions);
  return family && { manager: managerOf(family), names: [...common, blockDrivers[family]] };
}
