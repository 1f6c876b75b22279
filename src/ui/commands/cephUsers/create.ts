import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import { rbdCaps } from '../../../ceph/cephCaps.ts';
import { capsInWords } from '../../../operations/cephUsers/capsInWords.ts';
import { createCephUser } from '../../../operations/cephUsers/createCephUser.ts';
import { clientIdOf, refuseUserName } from '../../../operations/cephUsers/userName.ts';
import { wizard } from '../../prompts/wizard.ts';
import { changeCluster } from '../clusters/onCluster.ts';
import { objectCommand } from '../command.ts';
import { askGrants, GrantChoices } from './askGrants.ts';
import { giveKeyToHosts } from './giveKey.ts';
import { requireUsers } from './requireUsers.ts';

export const createCephUserCommand = objectCommand({
  id: 'libvirt.cephUser.create',
  on: { kinds: ['cluster'], traits: ['connected'], sections: ['cephUsers'] },
  run: async (row, services) => {
    const { cluster } = row;
    const taken = new Set((await requireUsers(cluster)).map(({ entity }) => entity));
    const choices = new GrantChoices(cluster);
    const answers = await wizard(t('New User of the Ceph Cluster {0}', cluster.name), async (ask) => {
      const name = await ask.text({
        prompt: t('Its name, as libvirt’s pools and disks give it: NAME of client.NAME'),
        placeholder: 'libvirt',
        refusal: (text) => refuseUserName(text, taken),
      });
      return { clientId: clientIdOf(name), grants: await askGrants(ask, choices, []) };
    });
    if (!answers) return;
    const entity = `client.${answers.clientId}`;
    const caps = rbdCaps(answers.grants);
    await changeCluster(
      row,
      services,
      { title: t('Creating the Ceph user {0}', entity) },
      ['users'],
      (client, signal) => createCephUser(client, entity, caps, { signal }),
    );
    const give = t('Store Its Key in Secrets…');
    const chosen = await vscode.window.showInformationMessage(
      t('The Ceph user {0} is there: {1}.', entity, capsInWords(caps)),
      give,
    );
    if (chosen === give) await giveKeyToHosts(row, entity, services);
  },
});
