import { t } from '../../base/l10n.ts';
import { quoteArgv } from '../../transport/quote.ts';
import type { UnreadableFile } from './cephOnHost.ts';
import type { Hindrance } from './hindrance.ts';

/** A way out: what a person types on the host, or where it says. */
export interface ClusterRemedy {
  readonly label: string;
  readonly command: string;
}

/** What is in the way, as one sentence. */
export function hindranceInWords(hindrance: Hindrance): string {
  const { session, user } = hindrance;
  switch (hindrance.kind) {
    case 'unreadable':
      return t(
        '{0} may not read {1} on {2}.',
        user,
        hindrance.files.map(({ path }) => path).join(', '),
        session.name,
      );
    case 'no-programs':
      return t('Neither ceph nor rbd is installed on {0}.', session.name);
    case 'no-key':
      return t('{0} has no keyring for {1}.', session.name, hindrance.configuration);
  }
}

export function remediesFor(hindrance: Hindrance): readonly ClusterRemedy[] {
  const { user } = hindrance;
  switch (hindrance.kind) {
    case 'unreadable':
      return [
        ...hindrance.files.slice(0, 3).map((file) => letGroupRead(user, file)),
        {
          label: t('Let {0} run ceph and rbd as root, and nothing else', user),
          command: `echo ${word(`${user} ALL=(root) NOPASSWD: /usr/bin/ceph, /usr/bin/rbd`)} | sudo tee ${word(`/etc/sudoers.d/ceph-${user}`)}`,
        },
        ownUser(user),
      ];
    case 'no-programs':
      return [
        { label: t('Install them (Debian, Ubuntu)'), command: 'sudo apt-get install ceph-common' },
        {
          label: t('Install them (RHEL, Fedora, openSUSE)'),
          command: 'sudo dnf install ceph-common || sudo zypper install ceph-common',
        },
      ];
    case 'no-key':
      return [ownUser(user)];
  }
}

/** Where a group has the file already, being in it is enough. */
function letGroupRead(user: string, { path, group, mode }: UnreadableFile): ClusterRemedy {
  const file = word(path);
  const bits = Number.parseInt(mode, 8);
  const needed = path === '/etc/ceph' ? 0o50 : 0o40;
  if (group !== '' && group !== 'root' && (bits & needed) === needed) {
    return {
      label: t('Put {0} into the group {1}, which may read {2}; then connect again', user, group, path),
      command: `sudo usermod -aG ${word(group)} ${word(user)}`,
    };
  }
  const rights = path === '/etc/ceph' ? 'g+rx' : 'g+r';
  return {
    label: t('Let the group ceph read {0}, and put {1} into it; then connect again', path, user),
    command: `sudo chgrp ceph ${file} && sudo chmod ${rights} ${file} && sudo usermod -aG ceph ${word(user)}`,
  };
}

function ownUser(user: string): ClusterRemedy {
  const entity = `client.${user}`;
  const file = word(`/etc/ceph/ceph.${entity}.keyring`);
  const caps = "mon 'profile rbd' osd 'profile rbd' mgr 'profile rbd'";
  return {
    label: t('Give {0} a Ceph user of its own; its keyring is made where client.admin can be used', user),
    command: `sudo ceph auth get-or-create ${word(entity)} ${caps} -o ${file} && sudo chown ${word(user)} ${file}`,
  };
}

function word(text: string): string {
  return quoteArgv([text]);
}
