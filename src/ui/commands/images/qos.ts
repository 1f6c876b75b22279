import { t } from '../../../base/l10n.ts';
import { sentences } from '../../../base/sentences.ts';
import {
  listRbdConfig,
  removeRbdConfig,
  setRbdConfig,
  type RbdConfigTarget,
  type RbdSetting,
} from '../../../ceph/rbdConfig.ts';
import {
  parseQosValue,
  qosLabel,
  qosSettings,
  qosValue,
  qosWarning,
  type QosSetting,
} from '../../../operations/images/features/qos.ts';
import type { CephPoolNode } from '../../explorer/clusters/cephPoolNode.ts';
import type { ImageNode } from '../../explorer/clusters/imageNode.ts';
import type { Choice } from '../../prompts/askPick.ts';
import { wizard } from '../../prompts/wizard.ts';
import { onCluster } from '../clusters/onCluster.ts';
import { objectCommand, type CommandServices } from '../command.ts';

type Row = ImageNode | CephPoolNode;

/** Shows all limits with where they are from, again and again until the person has set what they wanted. */
export const limitImageCommand = objectCommand({
  id: 'libvirt.image.qos',
  on: { kinds: ['image', 'cephPool'], traits: ['connected', 'rbd'] },
  run: async (node, services) => {
    let settings = await read(node, services);
    for (;;) {
      const change = await askChange(node, settings);
      if (!change) return;
      await apply(node, services, change);
      settings = await read(node, services);
    }
  },
});

function targetOf(node: Row): RbdConfigTarget {
  return node.kind === 'image' ? node.image : { pool: node.name };
}

async function read(node: Row, services: CommandServices): Promise<readonly QosSetting[]> {
  const title = t('Reading the limits of {0}', node.name);
  return onCluster(node, services, { title }, async (client, signal) =>
    qosSettings(await listRbdConfig(client, targetOf(node), { signal })),
  );
}

interface Change {
  readonly names: readonly string[];
  /** undefined: no longer set here. */
  readonly value: string | undefined;
}

async function apply(node: Row, services: CommandServices, { names, value }: Change): Promise<void> {
  const title = t('Changing the limits of {0}', node.name);
  await onCluster(node, services, { title }, async (client, signal) => {
    for (const name of names) {
      if (value === undefined) await removeRbdConfig(client, targetOf(node), name, { signal });
      else await setRbdConfig(client, targetOf(node), name, value, { signal });
    }
  });
}

function askChange(node: Row, settings: readonly QosSetting[]): Promise<Change | undefined> {
  const own = settings.filter(
    ({ source }) => source === node.kind || (source === 'pool' && node.kind === 'cephPool'),
  );
  return wizard(t('Limits of {0}', node.name), async (ask) => {
    const chosen = await ask.pick<QosSetting | 'none'>({
      placeholder:
        node.kind === 'image'
          ? t('QEMU keeps to them in each domain that has the image; devices of “rbd map” do not.')
          : t('For images that have none of their own, when they are opened next.'),
      choices: [
        ...settings.map((setting) => settingChoice(setting, node)),
        ...(own.length === 0
          ? []
          : [
              {
                label:
                  node.kind === 'image'
                    ? t('Remove All Limits of the Image')
                    : t('Remove All Limits of the Pool'),
                description: own.map(({ name }) => name).join(', '),
                value: 'none' as const,
              },
            ]),
      ],
    });
    if (chosen === 'none') return { names: own.map(({ name }) => name), value: undefined };
    const isOwn = own.includes(chosen);
    const text = await ask.text({
      prompt: sentences(promptFor(chosen), isOwn ? t('Empty: no longer set here.') : undefined),
      value: isOwn ? chosen.value : '',
      placeholder: chosen.unit === 'bytes' ? '100M' : '500',
      refusal: (given) => {
        if (given.trim() === '') return isOwn ? undefined : t('Write a number.');
        const value = parseQosValue(given, chosen.unit);
        if (value !== undefined) return qosWarning(settings, chosen, value);
        return chosen.unit === 'bytes'
          ? t('Write a size: 100M, 1G; 0 for no limit.')
          : t('Write a whole number.');
      },
    });
    const value = text.trim() === '' ? undefined : parseQosValue(text, chosen.unit);
    return { names: [chosen.name], value };
  });
}

function settingChoice(setting: QosSetting, node: Row): Choice<QosSetting> {
  return {
    label: qosLabel(setting.name),
    description: [qosValue(setting), sourceInWords(setting, node)].join(' · '),
    detail: setting.name,
    value: setting,
  };
}

function sourceInWords({ source }: RbdSetting, node: Row): string {
  switch (source) {
    case 'image':
      return t('set for this image');
    case 'pool':
      return node.kind === 'image' ? t('from the pool {0}', node.image.pool) : t('set for this pool');
    case 'config':
      return t('from Ceph’s configuration');
  }
}

function promptFor({ name, unit }: QosSetting): string {
  const label = qosLabel(name);
  switch (unit) {
    case 'bytes':
      return t('{0}: a size such as 100M, 0 for no limit.', label);
    case 'operations':
      return t('{0}: a number, 0 for no limit.', label);
    case 'seconds':
      return t('{0}, in seconds.', label);
    case 'milliseconds':
      return t('{0}, in milliseconds.', label);
  }
}
