import { t } from '../../base/l10n.ts';
import { replaceValue } from '../../xml/attributeEdits.ts';
import { identityIn } from '../../xml/identity.ts';
import { attributeNamed, attributeValue, childNamed } from '../../xml/queries.ts';
import { findingOf, preferredFix } from '../finding.ts';
import type { KnownNetwork } from '../hostKnowledge.ts';
import type { Rule } from '../rule.ts';

/** A bridge that libvirt is to make, and that another network of the host makes already. */
export const bridgeOfOtherNetwork: Rule = {
  id: 'bridge-of-other-network',
  severity: 'warning',
  documentationUrl: 'https://libvirt.org/formatnetwork.html#connectivity',
  explanation: () =>
    t(
      'libvirt makes the bridge of a NAT, routed or isolated network when the network starts, so each needs a name of its own: it refuses to define or start a second one ("bridge name already in use"). Without a name it takes a free one. Networks with forward mode bridge use a bridge that is there, and may share it.',
    ),
  check(document, knowledge) {
    const { root } = document;
    const bridge = root?.name === 'network' && !root.damaged ? childNamed(root, 'bridge') : undefined;
    const name = bridge && attributeNamed(bridge, 'name');
    const networks = knowledge?.networks;
    if (
      knowledge === undefined ||
      root === undefined ||
      name === undefined ||
      name.value === '' ||
      networks === undefined
    )
      return [];
    const forward = childNamed(root, 'forward');
    const mode = forward && (attributeValue(forward, 'mode') ?? 'nat');
    if (mode !== undefined && !/^(?:nat|route|open)$/.test(mode)) return [];
    const own = identityIn(root);
    const isOther = (network: KnownNetwork): boolean =>
      own.uuid === undefined ? network.name !== own.name : network.uuid !== own.uuid;
    const other = networks.find((network) => network.bridge === name.value && isOther(network));
    if (other === undefined) return [];
    const free = freeBridge(
      new Set([...networks.map((network) => network.bridge), ...(knowledge.bridges ?? [])]),
    );
    return [
      findingOf(
        bridgeOfOtherNetwork,
        name.valueRange ?? name.range,
        t('Network {0} on {1} has the bridge {2} already.', other.name, knowledge.hostName, name.value),
        [preferredFix(t('Call it {0}', free), [replaceValue(document, name, free)])],
      ),
    ];
  },
};

function freeBridge(used: ReadonlySet<string | undefined>): string {
  for (let number = 0; ; number++) {
    const name = `virbr${number}`;
    if (!used.has(name)) return name;
  }
}
