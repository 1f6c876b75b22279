import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import type { HostSession } from '../../../hosts/hostSession.ts';
import type { ImageUser } from '../../../hosts/clusters/imageUser.ts';
import type { NamedWatcher } from '../../../hosts/clusters/nameWatchers.ts';
import { useWords, userName, watcherWords } from '../../../hosts/clusters/useWords.ts';
import { facts, heading, tooltip } from '../tooltip.ts';
import { ClusterRow } from './clusterRow.ts';
import type { ImageNode } from './imageNode.ts';

/** A domain that names the image. */
export class ImageUserNode extends ClusterRow {
  readonly kind = 'imageUser';
  readonly id: string;
  readonly image: ImageNode;
  readonly user: ImageUser;

  constructor(image: ImageNode, user: ImageUser) {
    super(image, image.cluster);
    this.image = image;
    this.user = user;
    this.id = `${image.id}/user/${user.session.name}/${user.domain.uuid}/${user.target}/${user.role}`;
  }

  get name(): string {
    return this.user.domain.name;
  }

  /** Where the domain is. */
  override get host(): HostSession {
    return this.user.session;
  }

  override get traits(): readonly string[] {
    return this.connectedTraits('rbd', 'domain');
  }

  item(): vscode.TreeItem {
    const { user } = this;
    const item = new vscode.TreeItem(userName(user));
    item.iconPath = user.isRunning
      ? new vscode.ThemeIcon('vm-running', new vscode.ThemeColor('testing.iconPassed'))
      : new vscode.ThemeIcon('vm');
    item.description = useWords(user).join(' · ');
    item.accessibilityInformation = {
      label: t('Used by {0}, {1}', userName(user), item.description),
    };
    return item;
  }

  override tooltip(): Promise<vscode.MarkdownString | undefined> {
    const { user } = this;
    return Promise.resolve(
      tooltip(
        heading(t('Used by {0}', userName(user))),
        facts([
          [t('Disk'), user.target],
          [t('State'), user.isRunning ? t('running') : t('off')],
          [
            t('Named'),
            user.viaPool === undefined
              ? t('as an image of Ceph')
              : t('as a volume of the storage pool {0}', user.viaPool),
          ],
          [t('Snapshot'), user.snapshot],
        ]),
      ),
    );
  }
}

/** Somebody who has the image open. */
export class WatcherNode extends ClusterRow {
  readonly kind = 'watcher';
  readonly id: string;
  readonly image: ImageNode;
  readonly watcher: NamedWatcher;

  constructor(image: ImageNode, watcher: NamedWatcher) {
    super(image, image.cluster);
    this.image = image;
    this.watcher = watcher;
    this.id = `${image.id}/watcher/${watcher.watcher.client}/${watcher.watcher.address}`;
  }

  /** Whom it stands for. */
  get name(): string {
    return watcherWords(this.watcher);
  }

  /** `domain` where it stands for one. */
  override get traits(): readonly string[] {
    const { kind } = this.watcher.holder;
    return this.connectedTraits('rbd', ...(kind === 'domain' || kind === 'one-of' ? ['domain'] : []));
  }

  item(): vscode.TreeItem {
    const { watcher, address } = this.watcher;
    const item = new vscode.TreeItem(t('Open by {0}', this.name));
    item.iconPath = new vscode.ThemeIcon('eye');
    item.description = t('{0} · client {1}', address, watcher.client);
    item.accessibilityInformation = { label: t('Watcher: {0}, {1}', this.name, item.description) };
    return item;
  }

  override tooltip(): Promise<vscode.MarkdownString | undefined> {
    const { watcher } = this.watcher;
    return Promise.resolve(
      tooltip(
        heading(t('Open by {0}', this.name)),
        facts([
          [t('Address'), watcher.address],
          [t('Client'), String(watcher.client)],
        ]),
        t(
          'A watcher keeps the image from being deleted. Of one that has crashed Ceph forgets after 30 seconds.',
        ),
      ),
    );
  }
}
