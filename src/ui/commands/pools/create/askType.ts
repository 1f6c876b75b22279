import * as vscode from 'vscode';
import { t } from '../../../../base/l10n.ts';
import type { PoolType } from '../../../../operations/pools/newPool.ts';
import type { OfferedType } from '../../../../operations/pools/offeredTypes.ts';
import { poolKind } from '../../../../operations/pools/poolKinds.ts';
import { backendAdvice } from '../../../../operations/pools/poolProblem.ts';
import type { Choice } from '../../../prompts/askPick.ts';
import type { Ask } from '../../../prompts/wizard.ts';
import { askDiskPool, askFsPool, askLogicalPool, askMpathPool, askZfsPool } from './devicePools.ts';
import { askDirPool, askNetfsPool, askVstoragePool } from './folderPools.ts';
import { askGlusterPool, askIscsiDirectPool, askIscsiPool, askScsiPool } from './networkPools.ts';
import type { ValueReader } from '../../secrets/valueReader.ts';
import type { PoolPlan } from './poolPlan.ts';
import type { PoolSite } from './poolSite.ts';
import { askRbdPool } from './rbd/askRbdPool.ts';

type Questions = (ask: Ask, site: PoolSite, offered: OfferedType, reader: ValueReader) => Promise<PoolPlan>;

const questions: Readonly<Record<PoolType, Questions>> = {
  dir: askDirPool,
  rbd: (ask, site, _offered, reader) => askRbdPool(ask, site, reader),
  netfs: askNetfsPool,
  logical: askLogicalPool,
  fs: askFsPool,
  disk: askDiskPool,
  iscsi: askIscsiPool,
  'iscsi-direct': askIscsiDirectPool,
  scsi: askScsiPool,
  mpath: askMpathPool,
  gluster: askGlusterPool,
  zfs: askZfsPool,
  vstorage: askVstoragePool,
};

/** Which type of pool, among those that the host has, and what that type needs to know. */
export async function askType(ask: Ask, site: PoolSite, reader: ValueReader): Promise<PoolPlan> {
  const type = await ask.pick<PoolType>({
    placeholder: t('What kind of storage?'),
    choices: async () => (await site.offered()).map((one) => typeChoice(one, site.name)).sort(byUse),
  });
  const offered = (await site.offered()).find((one) => one.type === type);
  if (!offered) throw new TypeError('an unsupported type cannot be chosen');
  return questions[offered.type](ask, site, offered, reader);
}

/** One that the host has no backend for is listed, so that nobody looks for it, and cannot be chosen. */
function typeChoice({ type, supported }: OfferedType, host: string): Choice<PoolType> {
  const { label, detail } = poolKind(type);
  if (supported === false) {
    return {
      label,
      description: t('not on {0}: its libvirt lacks the backend', host),
      detail: backendAdvice(type),
      icon: new vscode.ThemeIcon('circle-slash'),
      value: type,
      isUnavailable: true,
    };
  }
  return { label, description: type, detail, icon: new vscode.ThemeIcon('database'), value: type };
}

function byUse(a: Choice<PoolType>, b: Choice<PoolType>): number {
  return Number(a.isUnavailable === true) - Number(b.isUnavailable === true);
}
