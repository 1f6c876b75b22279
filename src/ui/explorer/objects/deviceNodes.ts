import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import type { HostSession } from '../../../hosts/hostSession.ts';
import type { DiskSource, DomainDisk } from '../../../libvirt/model/disk.ts';
import type { DomainInterface } from '../../../libvirt/model/domain.ts';
import { connectedTraits, ObjectNode } from '../node.ts';
import type { DomainNode } from './domainNode.ts';

/** What a device's row has of its domain: its state, and what the device is. */
function deviceTraits(domain: DomainNode, traits: readonly string[]): readonly string[] {
  const state = domain.traits.filter((trait) => trait === 'active' || trait === 'inactive');
  return connectedTraits(domain.host, [...state, ...traits]);
}

/** A disk of a domain: its target and where its data is. */
export class DiskNode extends ObjectNode {
  readonly kind = 'disk';
  readonly id: string;
  readonly host: HostSession;
  readonly uuid = undefined;
  readonly domain: DomainNode;
  readonly disk: DomainDisk;

  constructor(domain: DomainNode, disk: DomainDisk) {
    super(domain);
    this.host = domain.host;
    this.domain = domain;
    this.id = `${domain.id}/disk/${disk.target}`;
    this.disk = disk;
  }

  /** `vda` */
  get name(): string {
    return this.disk.target;
  }

  /** Those of its domain's state, the kind of drive, and `removable` for a drive whose medium can be changed. */
  override get traits(): readonly string[] {
    const { device } = this.disk;
    const removable = device === 'cdrom' || device === 'floppy';
    return deviceTraits(this.domain, [device, removable ? 'removable' : 'fixed']);
  }

  item(): vscode.TreeItem {
    const { target, device, source } = this.disk;
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
export class InterfaceNode extends ObjectNode {
  readonly kind = 'interface';
  readonly id: string;
  readonly host: HostSession;
  readonly uuid = undefined;
  readonly domain: DomainNode;
  readonly device: DomainInterface;

  constructor(domain: DomainNode, device: DomainInterface, index: number) {
    super(domain);
    this.host = domain.host;
    this.domain = domain;
    this.id = `${domain.id}/interface/${index}`;
    this.device = device;
  }

  /** Its MAC address. */
  get name(): string {
    return this.device.mac ?? t('no MAC address');
  }

  override get traits(): readonly string[] {
    return deviceTraits(this.domain, [this.device.type]);
  }

  item(): vscode.TreeItem {
    const { mac, type, source, model } = this.device;
    const item = new vscode.TreeItem(this.name);
    item.iconPath = new vscode.ThemeIcon('plug');
    item.description = [type, source, model].filter((word) => word !== undefined).join(' ');
    item.accessibilityInformation = {
      label: t('Network interface {0}, {1}', mac ?? '', item.description),
    };
    return item;
  }
}
