import * as vscode from 'vscode';
import { t } from '../../../../base/l10n.ts';
import { hostDeviceName, type DomainHostDevice } from '../../../../libvirt/model/hostDevice.ts';
import type { DeviceKey } from '../../../../operations/devices/deviceKey.ts';
import type { DomainNode } from '../domainNode.ts';
import { DeviceNode, type Presence } from './deviceNode.ts';

/** A device of the host that a domain has for itself. */
export class HostDeviceNode extends DeviceNode {
  readonly kind = 'hostdev';
  readonly id: string;
  readonly device: DomainHostDevice;

  constructor(domain: DomainNode, presence: Presence, device: DomainHostDevice, index: number) {
    super(domain, presence);
    this.id = `${domain.id}/hostdev/${index}`;
    this.device = device;
  }

  /** `0000:3b:00.0`, `1d6b:0002` */
  get name(): string {
    return hostDeviceName(this.device.source);
  }

  get key(): DeviceKey {
    return { kind: 'hostdev', source: this.device.source };
  }

  /** Those of a device, and `pci`, `usb` or another type. */
  override get traits(): readonly string[] {
    const { source } = this.device;
    return this.deviceTraits([source.type]);
  }

  item(): vscode.TreeItem {
    const { source } = this.device;
    const item = new vscode.TreeItem(this.name);
    item.iconPath = new vscode.ThemeIcon('circuit-board');
    const type = source.type === 'other' ? source.name : source.type.toUpperCase();
    item.description = [t('{0} device of the host', type), ...this.presenceWords].join(' · ');
    item.accessibilityInformation = { label: t('Host device {0}, {1}', this.name, item.description) };
    return item;
  }
}
