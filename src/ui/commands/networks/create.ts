import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import { createNetwork } from '../../../operations/networks/createNetwork.ts';
import { networkXml } from '../../../operations/networks/networkXml.ts';
import { identityOf } from '../../../xml/identity.ts';
import { wizard } from '../../prompts/wizard.ts';
import { objectCommand } from '../command.ts';
import { onObject } from '../onObject.ts';
import { reviewXml } from '../pools/create/reviewXml.ts';
import { askNetwork } from './create/askNetwork.ts';
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
    const written = networkXml(network);
    const xml = steps.includes('review')
      ? await reviewXml(
          written,
          t('Define the network {0} on {1} with this XML?', network.name, host),
          t('Define'),
        )
      : written;
    if (xml === undefined) return;
    const name = identityOf(xml).name ?? network.name;
    const [start, autostart] = [steps.includes('start'), steps.includes('autostart')];
    try {
      const ref = await onObject(
        node,
        services,
        { title: t('Making the network {0} on {1}', name, host) },
        ({ connection }, signal) =>
          createNetwork({ name: host, connection }, { name, xml }, { start, autostart, signal }),
      );
      if (autostart) node.host.inventory?.networks.noteAutostart(ref.uuid, true);
    } catch (error) {
      void node.host.inventory?.networks.readLifetimes().catch(() => undefined);
      throw error;
    }
    void vscode.window.showInformationMessage(
      start
        ? t('The network {0} runs on {1}.', name, host)
        : t('The network {0} is defined on {1}.', name, host),
    );
  },
});
