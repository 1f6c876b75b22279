import { t } from '../../../base/l10n.ts';
import { getSavedDomainXml, restoreDomain } from '../../../libvirt/domainSaving.ts';
import { parseDomain } from '../../../libvirt/model/domain.ts';
import { DomainSave } from '../../../libvirt/protocol/domainFlags.ts';
import { explainStartFailure } from '../../../operations/domainStartProblem.ts';
import { confirmOneOf } from '../../prompts/confirm.ts';
import { wizard } from '../../prompts/wizard.ts';
import { objectCommand } from '../command.ts';
import { onObject } from '../onObject.ts';
import { askHostFile } from './askHostFile.ts';

export const restoreFromFileCommand = objectCommand({
  id: 'libvirt.domain.restoreFromFile',
  on: { kinds: ['host'], traits: ['connected'], groups: ['domains'] },
  run: async (node, services) => {
    const path = await wizard(t('Restore a Domain on {0}', node.name), (ask) =>
      askHostFile(ask, t('The file on the host that a domain was saved to.'), '/var/lib/libvirt/qemu/save/'),
    );
    if (path === undefined) return;
    const reading = { title: t('Reading {0} on {1}', path, node.name) };
    const xml = await onObject(node, services, reading, ({ connection }, signal) =>
      getSavedDomainXml(connection, path, { signal }),
    );
    const { name } = await parseDomain(xml);
    const [restore, paused] = [t('Restore'), t('Restore Paused')];
    const answer = await confirmOneOf(
      t('Restore {0} on {1} from {2}?', name, node.name, path),
      t(
        'The guest goes on where it was saved. Its disks must be as they were then: if it has run since, its file systems break.',
      ),
      [restore, paused],
    );
    if (answer === undefined) return;
    const progress = { title: t('Restoring {0} on {1}', name, node.name) };
    await onObject(node, services, progress, async ({ connection }, signal) => {
      try {
        await restoreDomain(connection, path, answer === paused ? DomainSave.paused : 0, { signal });
      } catch (error) {
        throw explainStartFailure(error, name, node.name);
      }
    });
  },
});
