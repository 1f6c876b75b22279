import { t } from '../../../base/l10n.ts';
import { sendKeys } from '../../../libvirt/domainKeys.ts';
import { readKeys } from '../../../operations/console/keyNames.ts';
import type { DomainNode } from '../../explorer/objects/domainNode.ts';
import type { Choice } from '../../prompts/askPick.ts';
import { confirm } from '../../prompts/confirm.ts';
import { wizard } from '../../prompts/wizard.ts';
import { objectCommand } from '../command.ts';
import { onObject } from '../onObject.ts';

interface Keys {
  /** `Ctrl+Alt+Delete`; undefined: they are to be typed. */
  readonly keys: string | undefined;
  /** What it does at once, where that cannot be taken back. */
  readonly harm?: string;
}

export const sendKeyCommand = objectCommand({
  id: 'libvirt.domain.sendKey',
  on: { kinds: ['domain'], traits: ['running'] },
  run: async (node, services) => {
    const { entry } = node;
    if (!entry) return;
    const answer = await askKeys(node);
    if (answer?.keys === undefined) return;
    const { keys, harm } = answer;
    const title = t('Sending {0} to {1} on {2}', keys, node.name, node.host.name);
    if (harm !== undefined) {
      const question = t('Send {0} to {1} on {2}?', keys, node.name, node.host.name);
      if (!(await confirm(question, harm, t('Send')))) return;
    }
    const combination = readKeys(keys);
    if (!('codes' in combination)) return;
    await onObject(node, services, { title }, ({ connection }, signal) =>
      sendKeys(connection, entry.ref, combination.codes, { signal }),
    );
  },
});

function askKeys({ name, host }: DomainNode): Promise<Keys | undefined> {
  return wizard(t('Send Key to {0} on {1}', name, host.name), async (ask) => {
    const chosen = await ask.pick<Keys>({ placeholder: t('Which keys?'), choices: choices() });
    if (chosen.keys !== undefined) return chosen;
    const keys = await ask.text({
      prompt: t(
        'Names of keys with + between: Ctrl+Alt+F2, Alt+SysRq+H, Super+R, A. The guest takes its own layout.',
      ),
      placeholder: 'Ctrl+Alt+F2',
      refusal: refusalOf,
    });
    return { keys };
  });
}

function refusalOf(text: string): string | undefined {
  const read = readKeys(text);
  if ('unknown' in read)
    return read.unknown === '' ? t('Name a key.') : t('There is no key “{0}”.', read.unknown);
  return 'tooMany' in read ? t('At most {0} keys can be pressed together.', read.tooMany) : undefined;
}

function choices(): readonly Choice<Keys>[] {
  const lost = t('What the guest has not yet written to its disks is lost.');
  const sysRq = (letter: string, description: string, harm?: string): Choice<Keys> => {
    const keys = `Alt+SysRq+${letter}`;
    return { label: keys, description, value: { keys, ...(harm !== undefined && { harm }) } };
  };
  const plain = (keys: string, description?: string): Choice<Keys> => ({
    label: keys,
    description,
    value: { keys },
  });
  return [
    plain('Ctrl+Alt+Delete', t('Windows: the way to the login; Linux without a desktop: reboot')),
    ...[1, 2, 3, 4, 5, 6, 7].map((number) => plain(`Ctrl+Alt+F${number}`, t('Linux: console {0}', number))),
    plain('Enter', t('wakes a screen that is off')),
    plain('Esc'),
    plain('Power', t('the power key')),
    { label: t('Another Combination…'), value: { keys: undefined } },
    sysRq('S', t('Linux: write everything to the disks')),
    sysRq('U', t('Linux: make all file systems read-only')),
    sysRq('W', t('Linux: list tasks that hang')),
    sysRq(
      'F',
      t('Linux: kill the process that uses the most memory'),
      t('A process in the guest is killed.'),
    ),
    sysRq('B', t('Linux: reboot at once'), lost),
    sysRq('C', t('Linux: crash, for a dump of the kernel'), lost),
  ];
}
