import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import { capDaemons, parseOsdCap, rbdCaps } from '../../../ceph/cephCaps.ts';
import { Errno, isCephError } from '../../../ceph/cephError.ts';
import { setCephCaps } from '../../../ceph/cephUsers.ts';
import { capsInWords, lostCaps } from '../../../operations/cephUsers/capsInWords.ts';
import type { CephUserNode } from '../../explorer/clusters/cephUserNode.ts';
import { confirm } from '../../prompts/confirm.ts';
import { wizard, type Ask } from '../../prompts/wizard.ts';
import { changeCluster } from '../clusters/onCluster.ts';
import { objectCommand, type CommandServices } from '../command.ts';
import { askGrants, GrantChoices } from './askGrants.ts';
import { loginsInWords } from './loginsInWords.ts';
import { orSayForbidden } from './requireUsers.ts';

type Caps = ReadonlyMap<string, string>;

export const editCephCapsCommand = objectCommand({
  id: 'libvirt.cephUser.editCaps',
  on: { kinds: ['cephUser'], traits: ['connected'] },
  run: async (row, services) => {
    const before = row.user?.caps;
    if (!before) return;
    const choices = new GrantChoices(row.cluster);
    let typed = before;
    for (;;) {
      const caps = await wizard(t('Capabilities of {0}', row.name), (ask) =>
        askCaps(ask, choices, before, typed),
      );
      if (!caps) return;
      typed = caps;
      try {
        if (!(await change(row, before, caps, services))) return;
        break;
      } catch (error) {
        if (!isCephError(error, Errno.EINVAL)) throw error;
        const again = t('Edit Again');
        if ((await vscode.window.showErrorMessage(error.message, again)) !== again) return;
      }
    }
    void vscode.window.showInformationMessage(
      t('The capabilities of {0} are changed: {1}.', row.name, capsInWords(typed)),
    );
  },
});

async function askCaps(ask: Ask, choices: GrantChoices, before: Caps, typed: Caps): Promise<Caps> {
  const how = await ask.pick<'pools' | 'text'>({
    placeholder: t('How?'),
    choices: [
      {
        label: t('Choose pools'),
        description: t('what else it may do stays'),
        icon: new vscode.ThemeIcon('database'),
        value: 'pools',
      },
      {
        label: t('Edit the text'),
        description: t('as “ceph auth caps” takes it'),
        icon: new vscode.ThemeIcon('edit'),
        value: 'text',
      },
    ],
  });
  if (how === 'text') return askText(ask, typed);
  const grants = parseOsdCap(before.get('osd') ?? '');
  const chosen = await askGrants(
    ask,
    choices,
    grants.filter((grant) => grant.kind === 'rbd'),
  );
  const others = grants.flatMap((grant) => (grant.kind === 'other' ? grant.text : []));
  const mon = before.get('mon');
  return new Map([
    ...before,
    ...rbdCaps(chosen, others),
    ...(mon === undefined ? [] : [['mon', mon] as const]),
  ]);
}

async function askText(ask: Ask, typed: Caps): Promise<Caps> {
  const others = [...typed.keys()].filter((daemon) => !capDaemons.some((one) => one === daemon));
  const caps = new Map<string, string>();
  for (const daemon of [...capDaemons, ...others]) {
    const text = await ask.text({
      prompt: t('For daemons of kind {0}. Empty: nothing.', daemon),
      placeholder: daemon === 'mon' ? 'profile rbd' : '',
      value: typed.get(daemon) ?? '',
      refusal: (given) =>
        /^[\x20-\x7e]*$/.test(given) ? undefined : t('“ceph” takes only plain ASCII here.'),
    });
    if (text.trim() !== '') caps.set(daemon, text.trim());
  }
  return caps;
}

/** Whether it was agreed to, and done. */
async function change(
  row: CephUserNode,
  before: Caps,
  caps: Caps,
  services: CommandServices,
): Promise<boolean> {
  const lost = lostCaps(before, caps);
  const isOwn = row.cluster.route?.clientId === row.clientId;
  if (lost.length > 0) {
    const consequence = [
      t('It is no longer allowed:'),
      ...lost.map((one) => `• ${one}`),
      '',
      await loginsInWords(row, row.clientId, services),
      ...(isOwn ? [t('It is the user by which this cluster is seen here.')] : []),
    ].join('\n');
    const question = t(
      'Take capabilities away from {0} of the Ceph cluster {1}?',
      row.name,
      row.cluster.name,
    );
    if (!(await confirm(question, consequence, t('Change Capabilities')))) return false;
  }
  await orSayForbidden(
    row.cluster,
    changeCluster(
      row,
      services,
      { title: t('Changing the capabilities of {0}', row.name) },
      ['users'],
      (client, signal) => setCephCaps(client, row.name, caps, { signal }),
    ),
  );
  return true;
}
