import * as vscode from 'vscode';
import { t } from '../../../../base/l10n.ts';
import { formatBytes } from '../../../../base/sizes.ts';
import type { DomainInterface } from '../../../../libvirt/model/domain.ts';
import type { DeviceKey } from '../../../../operations/devices/deviceKey.ts';
import { facts, heading, tooltip } from '../../tooltip.ts';
import type { DomainNode } from '../domainNode.ts';
import { DeviceNode, type Presence } from './deviceNode.ts';

/** A network interface of a domain. */
export class InterfaceNode extends DeviceNode {
  readonly kind = 'interface';
  readonly id: string;
  readonly device: DomainInterface;

  constructor(domain: DomainNode, presence: Presence, device: DomainInterface, index: number) {
    super(domain, presence);
    this.id = `${domain.id}/interface/${index}`;
    this.device = device;
  }

  /** Its MAC address. */
  get name(): string {
    return this.device.mac ?? t('no MAC address');
  }

  get key(): DeviceKey {
    return { kind: 'interface', mac: this.device.mac ?? '' };
  }

  /** Those of a device, what it is plugged into, and whether its cable is plugged in. */
  override get traits(): readonly string[] {
    const { type, link } = this.device;
    return this.deviceTraits([type, link === 'up' ? 'plugged' : 'unplugged']);
  }

  item(): vscode.TreeItem {
    const item = new vscode.TreeItem(this.name);
    item.iconPath = new vscode.ThemeIcon(this.device.link === 'up' ? 'plug' : 'debug-disconnect');
    item.description = this.#description();
    item.accessibilityInformation = {
      label: t('Network interface {0}, {1}', this.device.mac ?? '', item.description),
    };
    return item;
  }

  #description(): string {
    const { type, source, model, link } = this.device;
    const what = [type, source, model].filter((word) => word !== undefined).join(' ');
    return [what, ...(link === 'down' ? [t('unplugged')] : []), ...this.presenceWords].join(' · ');
  }

  override tooltip(): Promise<vscode.MarkdownString> {
    const { device, domain } = this;
    return Promise.resolve(
      tooltip(
        heading(t('Network interface {0} of {1}', this.name, domain.name)),
        facts([
          [t('Connected to'), [device.type, device.source].filter((word) => word !== undefined).join(' ')],
          [t('Port group'), device.portgroup],
          [t('Model'), device.model],
          [t('Cable'), device.link === 'up' ? t('plugged in') : t('unplugged')],
          [t('On the host'), device.target],
          [t('Receives at most'), rate(device.inboundKiB)],
          [t('Sends at most'), rate(device.outboundKiB)],
        ]),
        this.presenceWords.join(''),
      ),
    );
  }
}

function rate(kib: number | undefined): string | undefined {
  return kib === undefined ? undefined : t('{0} per second', formatBytes(kib * 1024));
}
