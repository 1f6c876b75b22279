import { t } from '../../../../base/l10n.ts';
import type { OfferedType } from '../../../../operations/pools/offeredTypes.ts';
import type { Ask } from '../../../prompts/wizard.ts';
import { askFolder, askPoolName, askServer, folderBuild, imagesFolder } from './askPool.ts';
import type { PoolPlan } from './poolPlan.ts';
import type { PoolSite } from './poolSite.ts';

export async function askDirPool(ask: Ask, site: PoolSite): Promise<PoolPlan> {
  const name = await askPoolName(ask, site, 'images');
  const prompt = t('Folder on {0} for the image files', site.name);
  const targetPath = await askFolder(
    ask,
    ['images', 'default'].includes(name) ? imagesFolder : `${imagesFolder}/${name}`,
    prompt,
  );
  return { pool: { type: 'dir', name, targetPath }, build: folderBuild(targetPath) };
}

export async function askNetfsPool(ask: Ask, site: PoolSite, offered: OfferedType): Promise<PoolPlan> {
  const format = await ask.pick({
    placeholder: t('Which protocol?'),
    choices: site
      .formats(offered, ['nfs', 'cifs', 'glusterfs'])
      .filter((one) => one !== 'auto')
      .map((one) => ({ label: protocolNames[one] ?? one, value: one })),
  });
  const server = await askServer(ask, t('Name or address of the server'));
  const directory = await askExport(ask, site, format, server.name);
  const protocolVersion = format === 'nfs' ? await askNfsVersion(ask) : '';
  const mountOptions = format === 'cifs' ? await askCifsOptions(ask) : [];
  const name = await askPoolName(ask, site, directory.split('/').findLast((part) => part !== '') ?? format);
  const targetPath = await askFolder(
    ask,
    `${imagesFolder}/${name}`,
    t('Folder on {0} where it is mounted', site.name),
  );
  return {
    pool: {
      ...{ type: 'netfs', name, servers: [server], directory, format, targetPath, mountOptions },
      protocolVersion: protocolVersion === '' ? undefined : protocolVersion,
    },
    build: folderBuild(targetPath),
  };
}

const protocolNames: Readonly<Partial<Record<string, string>>> = {
  nfs: 'NFS',
  cifs: 'CIFS (SMB)',
  glusterfs: 'GlusterFS',
};

/** CIFS and GlusterFS call their exports by a name, NFS by a path; libvirt can list those of NFS and GlusterFS. */
async function askExport(ask: Ask, site: PoolSite, format: string, server: string): Promise<string> {
  const isPath = format === 'nfs';
  return ask.choiceOrText({
    placeholder: isPath
      ? t('What {0} exports, such as /export/vms. Choose or type.', server)
      : t('The share or volume of {0}. Choose or type.', server),
    choices: async () =>
      format === 'cifs'
        ? []
        : (await site.sources('netfs', [{ name: server }]))
            .filter((source) => source.format === format)
            .flatMap(({ directory }) =>
              directory === undefined ? [] : [{ label: directory, value: directory }],
            ),
    refusal: (text) =>
      isPath && !text.startsWith('/') ? t('Give the whole path, beginning with “/”.') : undefined,
  });
}

async function askNfsVersion(ask: Ask): Promise<string> {
  return ask.pick({
    placeholder: t('Which version of NFS?'),
    choices: [
      { label: t('Agreed with the server'), description: t('usually the best'), value: '' },
      ...['3', '4', '4.1', '4.2'].map((version) => ({ label: `NFS ${version}`, value: version })),
    ],
  });
}

/** A share is mounted as a guest unless a file on the host says who logs in. */
async function askCifsOptions(ask: Ask): Promise<readonly string[]> {
  const file = await ask.text({
    prompt: t(
      'File on the host with user and password for the share, as mount.cifs reads it. Empty: as a guest.',
    ),
    placeholder: '/root/.smbcredentials',
    refusal: (text) =>
      text.trim() === '' || /^\/[^,\p{Cc}]+$/u.test(text.trim())
        ? undefined
        : t('Give the whole path, beginning with “/”.'),
  });
  return file.trim() === '' ? [] : [`credentials=${file.trim()}`];
}

export async function askVstoragePool(ask: Ask, site: PoolSite): Promise<PoolPlan> {
  const sourceName = await ask.text({
    prompt: t('Name of the Virtuozzo Storage cluster'),
    refusal: (text) => (text.trim() === '' ? t('Give its name.') : undefined),
  });
  const name = await askPoolName(ask, site, sourceName);
  const targetPath = await askFolder(
    ask,
    `${imagesFolder}/${name}`,
    t('Folder on {0} where it is mounted', site.name),
  );
  return {
    pool: { type: 'vstorage', name, sourceName: sourceName.trim(), targetPath },
    build: folderBuild(targetPath),
  };
}
