export type PackageManager = 'apt-get' | 'dnf' | 'zypper';

/** Distributions that call packages alike. */
export type Family = 'debian' | 'rhel' | 'fedora' | 'suse';

/** Packages of a host's distribution. */
export interface WantedPackages {
  readonly manager: PackageManager;
  readonly names: readonly string[];
}

/** By `ID` and `ID_LIKE` of os-release. */
const families: ReadonlyMap<string, Family> = new Map([
  ['debian', 'debian'],
  ['ubuntu', 'debian'],
  ['rhel', 'rhel'],
  ['centos', 'rhel'],
  ['fedora', 'fedora'],
  ['suse', 'suse'],
  ['opensuse', 'suse'],
  ['sles', 'suse'],
]);

const managers: Readonly<Record<Family, PackageManager>> = {
  debian: 'apt-get',
  rhel: 'dnf',
  fedora: 'dnf',
  suse: 'zypper',
};

/** @param distributions the distribution, and those that it is like; undefined: none of them is known */
export function familyOf(distributions: readonly string[]): Family | undefined {
  return distributions.map((name) => families.get(name)).find((found) => found !== undefined);
}

export function managerOf(family: Family): PackageManager {
  return managers[family];
}
