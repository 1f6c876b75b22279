import { t } from '../../../base/l10n.ts';
import { wizard, type Ask } from '../../prompts/wizard.ts';
import { objectCommand } from '../command.ts';
import { askDrive, type DriveContext } from './askDrive.ts';
import { StorageQuestions, type ChosenStorage } from './askStorage.ts';
import { attachDrive, readDrives, storageWords } from './attachDrive.ts';
import { situationOf } from './deviceWork.ts';

type What = 'volume' | 'new' | 'path' | 'iso' | 'empty';

export const attachDiskCommand = objectCommand({
  id: 'libvirt.domain.attachDisk',
  on: { kinds: ['domain'], traits: ['connected'] },
  run: async (node, services) => {
    const devices = await readDrives(node, services);
    const questions = new StorageQuestions(node.host, services);
    const answers = await wizard(t('Attach a Disk to {0} on {1}', node.name, node.host.name), async (ask) => {
      const what = await askWhat(ask);
      const storage = what === 'empty' ? undefined : await askStorage(ask, questions, what);
      const context: DriveContext = {
        device: what === 'iso' || what === 'empty' ? 'cdrom' : 'disk',
        what: storageWords(storage),
        devices,
        situation: situationOf(node),
      };
      return { storage, context, settings: await askDrive(ask, context) };
    });
    if (answers) await attachDrive(node, services, answers.storage, answers.context, answers.settings);
  },
});

function askWhat(ask: Ask): Promise<What> {
  return ask.pick<What>({
    placeholder: t('What is attached?'),
    choices: [
      { label: t('A volume'), description: t('of a pool of this host'), value: 'volume' },
      { label: t('A new volume'), description: t('made for it'), value: 'new' },
      { label: t('A path on the host'), description: t('an image or a block device'), value: 'path' },
      { label: t('An ISO in a CD drive'), value: 'iso' },
      { label: t('An empty CD drive'), value: 'empty' },
    ],
  });
}

function askStorage(
  ask: Ask,
  questions: StorageQuestions,
  what: Exclude<What, 'empty'>,
): Promise<ChosenStorage> {
  switch (what) {
    case 'volume':
      return questions.volume(ask);
    case 'new':
      return questions.newVolume(ask);
    case 'path':
      return questions.path(ask);
    case 'iso':
      return questions.iso(ask);
  }
}
