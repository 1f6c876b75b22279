import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import { createNetwork } from '../../../operations/networks/createNetwork.ts';
import { NetworkProblem } from '../../../operations/networks/networkProblem.ts';
import { networkXml } from '../../../operations/networks/networkXml.ts';
import { identityOf } from '../../../xml/identity.ts';
import type { HostNode } from '../../explorer/hostNode.ts';
import { showProblem } from '../../problems.ts';
import { wizard } from '../../prompts/wizard.ts';
import { objectCommand, type CommandServices } from '../command.ts';
import { onObject } from '../onObject.ts';
import { reviewXml } from '../pools/create/reviewXml.ts';
import { askNetwork, type NetworkStep } from './create/askNetwork.ts';
import { NetworkSite } from './create/networkSite.ts';

export const createNetworkCommand = objectCommand({
  id: 'libvirt.network.create',
  on: { kinds: ['host'], traits: ['connected'], groups: ['networks'] },
  run: async (node, services) => {
    const host = node.name;
    const site = new NetworkSite(node.host);
    const answers = await wizard(t('New Network on {0}', host), (ask) => askNetwork(ask, site));
    if (!answers) return;
    const { network, steps } = answers;
    const make = (xml: string): Promise<void> =>
      makeNetwork(node, services, { name: identityOf(xml).name ?? network.name, xml }, steps);
    const xml = networkXml(network);
    if (!steps.includes('review')) {
      await make(xml);
      return;
    }
    await reviewXml(xml, {
      question: t('Define the network {0} on {1} with this XML?', network.name, host),
      action: t('Define'),
      act: (text) =>
        make(text).catch((error: unknown) => {
          // It is defined: its XML is that of the network now.
          if (!(error instanceof NetworkProblem) || error.code !== 'not-started') throw error;
          showProblem(error, services.log);
        }),
      failed: (error) => {
        showProblem(error, services.log);
      },
    });
  },
});

async function makeNetwork(
  node: HostNode,
  services: CommandServices,
  network: { readonly name: string; readonly xml: string },
  steps: readonly NetworkStep[],
): Promise<void> {
  const { name } = network;
  const host = node.name;
  const [start, autostart] = [steps.includes('start'), steps.includes('autostart')];
  try {
    await onObject(
      node,
      services,
      { title: t('Making the network {0} on {1}', name, host) },
      ({ connection }, signal) =>
        createNetwork({ name: host, connection }, network, { start, autostart, signal }),
    );
  } finally {
    // Autostart has no event.
    if (autostart) node.host.inventory?.networks.readLifetimes().catch(() => undefined);
  }
  void vscode.window.showInformationMessage(
    start
      ? t('The network {0} runs on {1}.', name, host)
      : t('The network {0} is defined on {1}.', name, host),
  );
}
