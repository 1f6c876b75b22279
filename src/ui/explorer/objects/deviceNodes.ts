import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import type { HostSession } from '../../../hosts/hostSession.ts';
import type { DiskSource, DomainDisk } from '../../../libvirt/model/disk.ts';
import type { DomainInterface } from '../../../libvirt/model/domain.ts';
import { ExplorerNode } from '../node.ts';

/** A disk of a domain: its target and where its data is. */
export class DiskNode extends ExplorerNode {
  readonly kind = 'disk';
  readonly id: string;
  readonly host: HostSession;
  readonly #disk: DomainDisk;

  constructor(parent: ExplorerNode, disk: DomainDisk) {
    super(parent);
    this.host = parent.host;
    this.id = `${parent.id}/disk/${disk.target}`;
    this.#disk = disk;
  }

  item(): vscode.TreeItem {
    const { target, device, source } = this.#disk;
    const item = new vscode.TreeItem(target);
    item.iconPath = new vscode.ThemeIcon(device === 'cdrom' ? 'disc' : 'server');
    item.description = source ? describeSource(source) : t('empty');
    item.accessibilityInformation = { label: t('Disk {0}, {1}', target, item.description) };
    return item;
  }
}

/** `rbd libvirt-pool/web1`, `/var/lib/libvirt/images/web1.qcow2`. */
export function describeSource(source: DiskSource): string {
  switch (source.type) {
    case 'file':
    case 'block':
    case 'dir':
      return source.path;
    case 'volume':
      return t('volume {0}/{1}', source.pool, source.volume);
    case 'network':
      return `${source.protocol} ${source.name}`;
    case 'other':
      return source.name;
  }
}

/** A network interface of a domain. */
export class InterfaceNode extends ExplorerNode {
  readonly kind = 'interface';
  readonly id: string;
  readonly host: HostSession;
  readonly #device: DomainInterface;

  constructor(parent: ExplorerNode, device: DomainInterface, index: number) {
    super(parent);
    this.host = parent.host;
    this.id = `${parent.id}/interface/${index}`;
    this.#device = device;
  }

  item(): vscode.TreeItem {
    const { mac, type, source, model } = this.#device;
    const item = new vscode.TreeItem(mac ?? t('no MAC address'));
    item.iconPath = new vscode.ThemeIcon('plug');
    item.description = [type, source, model].filter((word) => word !== undefined).join(' ');
    item.accessibilityInformation = {
      label: t('Network interface {0}, {1}', mac ?? '', item.description),
    };
    return item;
  }
}
