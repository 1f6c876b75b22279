import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import { formatBytes } from '../../../base/sizes.ts';
import type { HostSession } from '../../../hosts/hostSession.ts';
import { untilKnown } from '../../../hosts/knowledge/untilKnown.ts';
import { parseVolume, type VolumeModel } from '../../../libvirt/model/volume.ts';
import type { VolumeRef } from '../../../libvirt/protocol/refs.ts';
import { getVolumeXml, isRbdVolume } from '../../../libvirt/volumes.ts';
import { documentUri } from '../../documents/documentUri.ts';
import { openDocumentCommand } from '../../documents/openCommand.ts';
import { connectedTraits, DocumentNode, type ObjectNode } from '../node.ts';
import { facts, heading, plain, tooltip } from '../tooltip.ts';
import { openNow } from './openNow.ts';

/** A tooltip does not wait longer for who uses the volume. */
const usersMs = 3000;

export class VolumeNode extends DocumentNode {
  readonly kind = 'volume';
  readonly id: string;
  readonly host: HostSession;
  readonly uuid = undefined;
  readonly ref: VolumeRef;
  readonly #poolUuid: string;

  constructor(parent: ObjectNode, ref: VolumeRef) {
    super(parent);
    this.host = parent.host;
    this.ref = ref;
    this.#poolUuid = parent.uuid ?? '';
    this.id = `${parent.id}/${ref.name}`;
  }

  get name(): string {
    return this.ref.name;
  }

  get document(): vscode.Uri {
    return documentUri({ host: this.host.name, folder: 'volumes', pool: this.ref.pool, name: this.name });
  }

  override get traits(): readonly string[] {
    return connectedTraits(this.host, isRbdVolume(this.ref) ? ['rbd'] : []);
  }

  item(): vscode.TreeItem {
    const item = new vscode.TreeItem(this.name);
    const details = this.host.inventory?.pools.volumeDetails.get(this.#poolUuid, this.ref);
    const description = details && this.#describe(details);
    item.iconPath = new vscode.ThemeIcon(details?.backing === undefined ? 'file-binary' : 'layers');
    if (description !== undefined) item.description = description;
    item.accessibilityInformation = {
      label:
        description === undefined
          ? t('Volume {0} of pool {1}', this.name, this.ref.pool)
          : t('Volume {0} of pool {1}, {2}', this.name, this.ref.pool, description),
    };
    item.command = openDocumentCommand(this.document);
    return item;
  }

  /** What a guest sees, then the format where it says something, then what is taken where libvirt knows. */
  #describe({ capacity, format, allocation, encryption }: VolumeModel): string {
    const words = [
      capacity === undefined ? undefined : formatBytes(capacity),
      format === 'raw' || format === 'none' ? undefined : format,
      encryption === undefined ? undefined : t('encrypted'),
      allocation === undefined || isRbdVolume(this.ref) || allocation === capacity
        ? undefined
        : t('{0} used', formatBytes(allocation)),
    ];
    return words.filter((word) => word !== undefined).join(' · ');
  }

  override async tooltip(): Promise<vscode.MarkdownString | undefined> {
    const { connected } = this.host;
    if (!connected) return undefined;
    const { connection, knowledge } = connected;
    const used = { kind: 'volume', pool: this.ref.pool, name: this.name } as const;
    const [model, users, open] = await Promise.all([
      getVolumeXml(connection, this.ref).then(parseVolume),
      untilKnown(knowledge, () => knowledge.usersOf(used), { timeoutMs: usersMs }),
      isRbdVolume(this.ref) ? openNow(this.host, { volume: this.ref }) : undefined,
    ]);
    const isRbd = isRbdVolume(this.ref);
    const bytes = (size: number | undefined): string | undefined =>
      size === undefined ? undefined : formatBytes(size);
    return tooltip(
      heading(t('Volume {0}', this.name)),
      facts([
        [t('Pool'), this.ref.pool],
        [t('Path'), model.path ?? this.ref.key],
        [t('Format'), model.format],
        [t('Capacity'), bytes(model.capacity)],
        [t('Allocated'), isRbd ? undefined : bytes(model.allocation)],
        [t('On top of'), model.backing],
        [t('Encrypted'), model.encryption],
        [t('Used by'), users && (users.map(({ name }) => name).join(', ') || t('no domain of this host'))],
        [t('Open now'), open],
      ]),
      plain(
        isRbd
          ? t(
              'Capacity is what the guest sees. What the image takes in Ceph libvirt does not know: Measure Real Use asks rbd.',
            )
          : t('Capacity is what the guest sees, allocated what is taken of the pool so far.'),
      ),
    );
  }
}
