import { t } from '../../../base/l10n.ts';
import type { HostSession } from '../../../hosts/hostSession.ts';
import { untilKnown } from '../../../hosts/knowledge/untilKnown.ts';
import { parseNetwork } from '../../../libvirt/model/network.ts';
import { parseNodeDevice } from '../../../libvirt/model/nodeDevice.ts';
import { getNetworkXml } from '../../../libvirt/networks.ts';
import { getNodeDeviceXml, listNodeDevices } from '../../../libvirt/nodeDevices.ts';
import { ListNodeDevices } from '../../../libvirt/protocol/nodeDevice.ts';
import type { NetworkRef } from '../../../libvirt/protocol/refs.ts';
import type { CardSource } from '../../../operations/devices/networkCard.ts';
import type { Choice } from '../../prompts/askPick.ts';
import type { Ask } from '../../prompts/wizard.ts';

type Chosen = { readonly kind: 'network'; readonly ref: NetworkRef } | 'bridge' | 'direct';

/** Asks what a network interface is plugged into. What is read from the host is read once. */
export class CardQuestions {
  readonly #host: HostSession;
  readonly #portgroups = new Map<string, Promise<readonly string[]>>();

  constructor(host: HostSession) {
    this.#host = host;
  }

  async source(ask: Ask): Promise<CardSource> {
    const chosen = await ask.pick<Chosen>({
      placeholder: t('What is it plugged into?'),
      choices: [
        ...this.#networks(),
        { label: t('A bridge of the host…'), value: 'bridge' },
        { label: t('A network card of the host, shared (macvtap)…'), value: 'direct' },
      ],
    });
    if (chosen === 'bridge') {
      const bridge = await ask.choiceOrText({
        placeholder: t('Which bridge? Another name can be typed.'),
        choices: async () => (await this.#bridges()).map((value) => ({ label: value, value })),
        refusal: refuseDeviceName,
      });
      return { type: 'bridge', bridge };
    }
    if (chosen === 'direct') {
      const device = await ask.choiceOrText({
        placeholder: t('Which network card? The host itself cannot reach the guest through it.'),
        choices: async () => (await this.#cards()).map((value) => ({ label: value, value })),
        refusal: refuseDeviceName,
      });
      return { type: 'direct', device };
    }
    const { name } = chosen.ref;
    const portgroups = await this.#portgroupsOf(chosen.ref);
    const portgroup =
      portgroups.length === 0
        ? undefined
        : await ask.pick({
            placeholder: t('In which port group of {0}?', name),
            choices: [
              { label: t('the default one'), value: '' },
              ...portgroups.map((value) => ({ label: value, value })),
            ],
          });
    return { type: 'network', network: name, portgroup: portgroup === '' ? undefined : portgroup };
  }

  #networks(): readonly Choice<Chosen>[] {
    const { inventory } = this.#host.require();
    return [...inventory.networks.entries.values()]
      .sort((a, b) => Number(b.active) - Number(a.active) || a.ref.name.localeCompare(b.ref.name))
      .map(({ ref, active }) => ({
        label: ref.name,
        description: active ? t('network') : t('network, inactive: start it first'),
        value: { kind: 'network', ref },
      }));
  }

  async #bridges(): Promise<readonly string[]> {
    const { knowledge } = this.#host.require();
    return (await untilKnown(knowledge, () => knowledge.current?.bridges)) ?? [];
  }

  async #cards(): Promise<readonly string[]> {
    const { connection } = this.#host.require();
    const refs = await listNodeDevices(connection, ListNodeDevices.capNet);
    const models = await Promise.all(
      refs.map(async (ref) => parseNodeDevice(await getNodeDeviceXml(connection, ref))),
    );
    const names = models.map(({ capability }) => (capability.type === 'net' ? capability.interface : ''));
    return names.filter((name) => name !== '' && !/^(?:lo|vnet\d+|virbr\d+(?:-nic)?)$/.test(name)).sort();
  }

  #portgroupsOf(ref: NetworkRef): Promise<readonly string[]> {
    const known = this.#portgroups.get(ref.uuid);
    if (known) return known;
    const { connection } = this.#host.require();
    const read = getNetworkXml(connection, ref).then(async (xml) => (await parseNetwork(xml)).portgroups);
    this.#portgroups.set(ref.uuid, read);
    return read;
  }
}

/** As Linux has them. */
function refuseDeviceName(name: string): string | undefined {
  return /^[^\s/]{1,15}$/.test(name)
    ? undefined
    : t('A name of at most 15 characters, without blanks and “/”.');
}
