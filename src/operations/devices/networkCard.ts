import { randomBytes } from 'node:crypto';
import type { XmlElement } from '../../libvirt/model/element.ts';
import type { NewElement } from '../../xml/writer.ts';
import type { DeviceChange } from './deviceChange.ts';
import { editable, withChild } from './deviceElement.ts';

/** What a network interface is plugged into. */
export type CardSource =
  | { readonly type: 'network'; readonly network: string; readonly portgroup: string | undefined }
  | { readonly type: 'bridge'; readonly bridge: string }
  /** A device of the host that it shares: macvtap. */
  | { readonly type: 'direct'; readonly device: string };

export interface NetworkCard {
  readonly mac: string;
  readonly source: CardSource;
  /** `virtio`, `e1000e` ... */
  readonly model: string;
}

/** The `<interface>` that libvirt takes. */
export function networkCardElement({ mac, source, model }: NetworkCard): NewElement {
  return {
    name: 'interface',
    attributes: { type: source.type },
    children: [
      { name: 'mac', attributes: { address: mac } },
      cardSourceElement(source),
      { name: 'model', attributes: { type: model } },
    ],
  };
}

function cardSourceElement(source: CardSource): NewElement {
  switch (source.type) {
    case 'network':
      return { name: 'source', attributes: { network: source.network, portgroup: source.portgroup } };
    case 'bridge':
      return { name: 'source', attributes: { bridge: source.bridge } };
    case 'direct':
      return { name: 'source', attributes: { dev: source.device, mode: 'bridge' } };
  }
}

/** An address of those that QEMU's guests have, which is none of the taken ones (in lower case). */
export function freshMac(taken: ReadonlySet<string>): string {
  for (;;) {
    const mac = `52:54:00:${(randomBytes(3).toString('hex').match(/../g) ?? []).join(':')}`;
    if (!taken.has(mac)) return mac;
  }
}

/** Plugs the cable in or out. */
export function linkChange(state: 'up' | 'down'): DeviceChange {
  return {
    change: (element) => withLink(editable(element), state),
    isDone: (element) => (element.child('link')?.attribute('state') ?? 'up') === state,
  };
}

function withLink(element: NewElement, state: 'up' | 'down'): NewElement {
  return withChild(element, 'link', { name: 'link', attributes: { state } });
}

/** Plugs it in elsewhere. What the host had made for the old place is left out: libvirt makes it anew. */
export function sourceChange(source: CardSource): DeviceChange {
  return {
    change: (element) => {
      const card = withChild(editable(element), 'source', cardSourceElement(source));
      const kept =
        element.attribute('type') === source.type ? card : withChild(card, 'virtualport', undefined);
      const plugged = withChild(kept, 'target', undefined);
      return { ...plugged, attributes: { ...plugged.attributes, type: source.type } };
    },
    isDone: (element) => isAt(element, source),
  };
}

/** A running domain's card on a network of bridges or devices has the type of these, and names the network beside. */
function isAt(card: XmlElement, source: CardSource): boolean {
  const at = card.child('source');
  const network = at?.attribute('network');
  if (source.type === 'network') return network === source.network;
  if (network !== undefined || card.attribute('type') !== source.type) return false;
  return source.type === 'bridge'
    ? at?.attribute('bridge') === source.bridge
    : at?.attribute('dev') === source.device;
}
