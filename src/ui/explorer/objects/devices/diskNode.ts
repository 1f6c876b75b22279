import * as vscode from 'vscode';
import { t } from '../../../../base/l10n.ts';
import type { DiskSource, DomainDisk } from '../../../../libvirt/model/disk.ts';
import type { DeviceKey } from '../../../../operations/devices/deviceKey.ts';
import { facts, heading, tooltip } from '../../tooltip.ts';
import type { DomainNode } from '../domainNode.ts';
import { openNow } from '../openNow.ts';
import { DeviceNode, type Presence } from './deviceNode.ts';
import { describeSource, factsOfDisk, jobWords } from './diskWords.ts';

/** A disk of a domain: its target and where its data is. */
export class DiskNode extends DeviceNode {
  readonly kind = 'disk';
  readonly id: string;
  readonly disk: DomainDisk;
  /** The same disk as the next start has it, where it runs now. */
  readonly next: DomainDisk | undefined;

  constructor(domain: DomainNode, presence: Presence, disk: DomainDisk, next?: DomainDisk) {
    super(domain, presence);
    this.id = `${domain.id}/disk/${disk.target}`;
    this.disk = disk;
    this.next = next;
  }

  /** `vda` */
  get name(): string {
    return this.disk.target;
  }

  get key(): DeviceKey {
    return { kind: 'disk', target: this.disk.target };
  }

  /**
   * Those of a device; the kind of drive; `removable` for a drive whose medium can be changed, `loaded` while there is
   * one in it, else `fixed`; `rbd` where that is, or may be, an RBD image; `overlay` where there are images below, `job` while one runs that must be ended.
   */
  override get traits(): readonly string[] {
    const { device, source, backing, mirror } = this.disk;
    const removable = device === 'cdrom' || device === 'floppy';
    return this.deviceTraits([
      device,
      removable ? 'removable' : 'fixed',
      ...(source ? ['loaded'] : []),
      ...(source && isMaybeRbd(source) ? ['rbd'] : []),
      ...(backing.length > 0 ? ['overlay'] : []),
      ...(mirror ? ['job'] : []),
    ]);
  }

  item(): vscode.TreeItem {
    const { target, device } = this.disk;
    const item = new vscode.TreeItem(target);
    item.iconPath = new vscode.ThemeIcon(device === 'cdrom' ? 'record' : 'server');
    item.description = this.#description();
    item.accessibilityInformation = { label: t('Disk {0}, {1}', target, item.description) };
    return item;
  }

  #description(): string {
    const { source, backing } = this.disk;
    const words = [source ? describeSource(source) : t('empty')];
    if (backing.length > 0) words.push(t('overlay of {0}', backing.length));
    const job = jobWords(this.disk);
    if (job !== undefined) words.push(job);
    return [...words, ...this.presenceWords].join(' · ');
  }

  override async tooltip(): Promise<vscode.MarkdownString> {
    const { disk, next, domain, host } = this;
    const { source } = disk;
    const open = source && isMaybeRbd(source) && host.connected ? await openNow(host, { source }) : undefined;
    return tooltip(
      heading(t('Disk {0} of {1}', disk.target, domain.name)),
      facts([...factsOfDisk(disk, next), [t('Open now'), open]]),
      this.presenceWords.join(''),
    );
  }
}

/** Of a volume only its pool tells. */
function isMaybeRbd(source: DiskSource): boolean {
  return source.type === 'volume' || (source.type === 'network' && source.protocol === 'rbd');
}
