/** Since when libvirt can do what it could not before, by its release notes. */
const since = {
  /** Merge the files of an external snapshot. */
  deleteExternal: [9, 0],
  revertToExternal: [9, 9],
} as const;

/** Whether a libvirt of this version can; undefined while its version is not known. @param version `9.0.0` */
export function libvirtCan(what: keyof typeof since, version: string | undefined): boolean | undefined {
  const [, major, minor] = /^(\d+)\.(\d+)/.exec(version ?? '') ?? [];
  if (major === undefined || minor === undefined) return undefined;
  const [neededMajor, neededMinor] = since[what];
  return Number(major) > neededMajor || (Number(major) === neededMajor && Number(minor) >= neededMinor);
}
