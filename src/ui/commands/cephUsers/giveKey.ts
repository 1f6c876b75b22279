import * as vscode from 'vscode';
import { messageOf } from '../../../base/errors.ts';
import { t } from '../../../base/l10n.ts';
import type { HostSession } from '../../../hosts/hostSession.ts';
import { giveKey, type KeyGift } from '../../../operations/cephUsers/keySecrets.ts';
import { secretUsageOf } from '../../../operations/cephUsers/userName.ts';
import type { ClusterRow } from '../../explorer/clusters/clusterRow.ts';
import { showProblem } from '../../problems.ts';
import { withProgress } from '../../progress.ts';
import { confirm } from '../../prompts/confirm.ts';
import { wizard } from '../../prompts/wizard.ts';
import { objectCommand, type CommandServices } from '../command.ts';
import { secretHost } from '../secrets/copyToHost.ts';
import { keyOnHostInWords, lacksKey, readKeyOnHosts, type KeyOnHost } from './keyOnHosts.ts';
import { withUserKey } from './userKey.ts';

/** The key of a Ceph user into secrets of libvirt, from memory to memory: a new secret, or those that are for the user. */
export const giveCephKeyCommand = objectCommand({
  id: 'libvirt.cephUser.giveKey',
  on: { kinds: ['cephUser'], traits: ['connected'] },
  run: (row, services) => giveKeyToHosts(row, row.name, services),
});

export async function giveKeyToHosts(
  row: ClusterRow,
  entity: string,
  services: CommandServices,
): Promise<void> {
  await withUserKey(row, entity, services, async (key) => {
    const all = await readKeyOnHosts(row, entity, key, services);
    const chosen = await wizard(t('Store the Key of {0} in libvirt Secrets', entity), (ask) =>
      ask.pickMany({
        placeholder: t('On which hosts? The secret has the same UUID on all.'),
        choices: all.map((one) => ({
          label: one.session.name,
          description: keyOnHostInWords(one),
          value: one,
        })),
        preselected: lacksKey,
        refusal: (hosts) => (hosts.length === 0 ? t('choose at least one host') : undefined),
      }),
    );
    if (chosen) await give(entity, key, { all, chosen }, services);
  });
}

/** Gives it to the hosts that lack it, after asking about values that are lost. */
export async function give(
  entity: string,
  key: Buffer,
  { all, chosen }: { readonly all: readonly KeyOnHost[]; readonly chosen: readonly KeyOnHost[] },
  { log }: CommandServices,
): Promise<void> {
  const lacking = chosen.filter(lacksKey);
  if (lacking.length === 0) {
    void vscode.window.showInformationMessage(t('They have the key of {0} already.', entity));
    return;
  }
  if (!(await mayReplace(entity, lacking))) return;
  const usual = all
    .flatMap(({ secrets }) => secrets)
    .find(({ state }) => state === 'same' || state === 'private');
  const done: string[] = [];
  await withProgress({ title: t('Storing the key of {0}', entity) }, async (signal) => {
    let uuid = (usual ?? all.flatMap(({ secrets }) => secrets)[0])?.ref.uuid;
    for (const { session, secrets } of lacking) {
      const gifts: readonly KeyGift[] =
        secrets.length === 0
          ? [{ kind: 'define', uuid, usageId: secretUsageOf(entity) }]
          : secrets.flatMap(({ ref, state }) => (state === 'same' ? [] : [{ kind: 'set', secret: ref }]));
      try {
        for (const gift of gifts) uuid = await giveTo(session, entity, key, gift, signal);
        done.push(session.name);
      } catch (error) {
        if (signal.aborted) throw error;
        log.error(`${session.name}: ${messageOf(error)}`);
        showProblem(error, log);
      }
    }
  });
  if (done.length > 0)
    void vscode.window.showInformationMessage(
      t('The key of {0} is in a secret of: {1}.', entity, done.join(', ')),
    );
}

async function giveTo(
  session: HostSession,
  entity: string,
  key: Buffer,
  gift: KeyGift,
  signal: AbortSignal,
): Promise<string> {
  const { uuid } = await giveKey(secretHost(session), entity, key, gift, { signal });
  session.inventory?.secrets.noteValue(uuid, true);
  return uuid;
}

async function mayReplace(entity: string, hosts: readonly KeyOnHost[]): Promise<boolean> {
  const replaced = hosts.filter(({ secrets }) =>
    secrets.some(({ state }) => state === 'different' || state === 'private'),
  );
  if (replaced.length === 0) return true;
  return confirm(
    t('Replace values of secrets by the key of {0}?', entity),
    [
      ...replaced.map((one) => `${one.session.name}: ${keyOnHostInWords(one)}`),
      '',
      t('The values they have are lost. What uses them logs in with the new one from its next start on.'),
    ].join('\n'),
    t('Replace Values'),
  );
}
