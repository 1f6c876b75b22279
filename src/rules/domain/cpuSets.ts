/** libvirt's limit for the number of a CPU (VIR_DOMAIN_CPUMASK_LEN). */
const limit = 16384;

/** The CPUs of a set such as `0-3,^2,7`; undefined when it is none. */
export function parseCpuSet(text: string): ReadonlySet<number> | undefined {
  const cpus = new Set<number>();
  for (const part of text.split(',')) {
    const match = /^(\^?)([0-9]{1,5})(?:-([0-9]{1,5}))?$/.exec(part.trim());
    if (match === null) return undefined;
    const [, not, first = '', last = first] = match;
    if (Number(first) > Number(last) || Number(last) >= limit || (not !== '' && first !== last))
      return undefined;
    for (let cpu = Number(first); cpu <= Number(last); cpu++) {
      if (not === '') cpus.add(cpu);
      else cpus.delete(cpu);
    }
  }
  return cpus;
}
