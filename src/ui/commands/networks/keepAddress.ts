import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import { isHostName, reserveAddress } from '../../../operations/networks/addressChanges.ts';
import { objectCommand } from '../command.ts';
import { changeAddresses } from './changeAddresses.ts';

/** Keeps the address that a guest has now for it, by its MAC address; IPv6 by its client id. */
export const keepAddressCommand = objectCommand({
  id: 'libvirt.lease.keep',
  on: { kinds: ['lease'], traits: ['unkept'] },
  run: async ({ client, domain, network }, services) => {
    const { ip, mac, clientId, hostname, family } = client;
    const guest = family === 'ipv4' ? { mac, id: undefined } : { mac: undefined, id: clientId };
    const name = [hostname, domain].find((one) => one !== undefined && isHostName(one));
    await changeAddresses(network, services, reserveAddress({ ...guest, ip, name }));
    void vscode.window.showInformationMessage(
      t(
        '{0} is kept for {1} in {2}, now and from its next start on.',
        ip,
        domain ?? hostname ?? mac ?? '',
        network.name,
      ),
    );
  },
});
