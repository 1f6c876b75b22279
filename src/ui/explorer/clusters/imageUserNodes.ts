import * as vscode from 'vscode';
import type { RbdWatcher } from '../../../ceph/rbd.ts';
import type { HostSession } from '../../../hosts/hostSession.ts';
import { ClusterRow } from './clusterRow.ts';
import type { ImageNode } from './imageNode.ts';

/** A domain whose definition names the image. */
export class ImageUserNode extends ClusterRow {
  readonly kind = 'imageUser';
  readonly id: string;
  readonly name: string;
  /** Where the domain is. */
  readonly session: HostSession;
  readonly domainUuid: string;

  constructor(
    image: ImageNode,
    session: HostSession,
    domain: { readonly name: string; readonly uuid: string },
  ) {
    super(image, image.cluster);
    this.session = session;
    this.domainUuid = domain.uuid;
    this.name = domain.name;
    this.id = `${image.id}/user/${session.name}/${domain.uuid}`;
  }

  override get traits(): readonly string[] {
    return this.session.connected ? ['connected'] : [];
  }

  item(): vscode.TreeItem {
    const item = new vscode.TreeItem(this.name);
    item.iconPath = new vscode.ThemeIcon('vm');
    item.description = this.session.name;
    return item;
  }
}

/** Somebody who has the image open. */
export class WatcherNode extends ClusterRow {
  readonly kind = 'watcher';
  readonly id: string;
  readonly image: ImageNode;
  readonly watcher: RbdWatcher;

  constructor(image: ImageNode, watcher: RbdWatcher) {
    super(image, image.cluster);
    this.image = image;
    this.watcher = watcher;
    this.id = `${image.id}/watcher/${watcher.client}`;
  }

  get name(): string {
    return this.watcher.address;
  }

  override get traits(): readonly string[] {
    return this.connectedTraits();
  }

  item(): vscode.TreeItem {
    const item = new vscode.TreeItem(this.name);
    item.iconPath = new vscode.ThemeIcon('eye');
    return item;
  }
}
