import { t } from '../../base/l10n.ts';
import { formatBytes, parseSize } from '../../base/sizes.ts';
import type { NewNetwork } from '../../operations/newDomain/newDomain.ts';
import type { OperatingSystem } from '../../operations/newDomain/operatingSystems.ts';
import type { Choice } from '../prompts/askPick.ts';
import type { Ask } from '../prompts/wizard.ts';
import type { HostReader } from './hostReader.ts';

/** Bytes. */
export async function askMemory(ask: Ask, reader: HostReader, system: OperatingSystem): Promise<number> {
  const [{ memory }, free] = [await reader.offer(), await reader.freeMemory()];
  const { name } = reader.session;
  const text = await ask.text({
    prompt:
      free === undefined
        ? t('Its memory. {0} has {1}.', name, formatBytes(memory))
        : t('Its memory. {0} has {1}, of which {2} are free.', name, formatBytes(memory), formatBytes(free)),
    value: formatBytes(Math.min(system.memory, Math.max(system.minimumMemory, memory / 2))),
    refusal: (given) => {
      const size = parseSize(given);
      if (size === undefined) return t('A size such as 4 GiB.');
      if (size > memory) return t('{0} has only {1}.', name, formatBytes(memory));
      if (size < system.minimumMemory)
        return t('{0} needs at least {1}.', system.name, formatBytes(system.minimumMemory));
      return undefined;
    },
  });
  return parseSize(text) ?? system.memory;
}

export async function askCpus(
  ask: Ask,
  reader: HostReader,
  system: OperatingSystem,
  virtType: string,
): Promise<number> {
  const { cpus } = await reader.offer();
  const { maxVcpus } = await reader.machineOffer(virtType);
  const text = await ask.text({
    prompt: t('Its CPUs. {0} has {1}.', reader.session.name, cpus),
    value: String(Math.min(system.cpus, cpus)),
    refusal: (given) => {
      const count = /^[1-9]\d{0,4}$/.test(given.trim()) ? Number(given) : undefined;
      if (count === undefined) return t('A number.');
      return maxVcpus !== undefined && count > maxVcpus
        ? t('This machine takes at most {0}.', maxVcpus)
        : undefined;
    },
  });
  return Number(text);
}

/** @param isNeeded whether it boots from there */
export async function askNetwork(ask: Ask, reader: HostReader, isNeeded: boolean): Promise<NewNetwork> {
  const networks = [...reader.host.inventory.networks.entries.values()].sort(
    (a, b) => Number(b.active) - Number(a.active) || a.ref.name.localeCompare(b.ref.name),
  );
  const bridges = await reader.bridges();
  const choices: Choice<string>[] = [
    ...networks.map(({ ref, active }) => ({
      label: ref.name,
      description: active ? t('network') : t('network, not active'),
      value: `network ${ref.name}`,
    })),
    ...bridges.map((name) => ({ label: name, description: t('bridge'), value: `bridge ${name}` })),
    ...(isNeeded ? [] : [{ label: t('No network'), value: 'none' }]),
  ];
  const usual = networks.some(({ ref, active }) => active && ref.name === 'default') ? 'network default' : '';
  const answer = await ask.pick({
    placeholder: t('The network it is connected to'),
    choices,
    preselected: (value) => value === usual,
  });
  const [kind, ...name] = answer.split(' ');
  return kind === 'network' || kind === 'bridge' ? { kind, name: name.join(' ') } : { kind: 'none' };
}
