import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import { t } from '../../../base/l10n.ts';
import type { ReportProgress } from '../../../base/progress.ts';
import type { PoolRef, VolumeRef } from '../../../libvirt/protocol/refs.ts';
import { parseVolume } from '../../../libvirt/model/volume.ts';
import {
  cloneVolume,
  createVolume,
  getVolumeXml,
  lookupVolume,
  resizeVolume,
  uploadVolume,
} from '../../../libvirt/volumes.ts';
import { libvirtLayout, writeElement } from '../../../xml/writer.ts';
import { cephClientOfPool, rbdPlaceOfPool, type LibvirtMachine } from '../../volumes/cephClientOf.ts';
import { volumeSource } from '../../storage/poolOffer.ts';
import type { CopiedVolume, VolumePlan, WrittenVolume } from './volumePlan.ts';
import { writeRbdImage, type ImageContent } from './writeRbdImage.ts';

export interface MakeOptions {
  /** Looked at between steps, and while data is sent: libvirt itself cannot be stopped while it copies a volume. */
  readonly signal: AbortSignal;
  readonly report?: ReportProgress | undefined;
}

/** Told of a volume as soon as it is there, finished or not: it is what must be deleted if the rest fails. */
export type VolumeMade = (volume: VolumeRef) => void;

/** Makes the volume that is planned. */
export async function makePlannedVolume(
  machine: LibvirtMachine,
  plan: VolumePlan,
  made: VolumeMade,
  options: MakeOptions,
): Promise<void> {
  const { connection } = machine;
  if (plan.kind === 'copy' && !isWrittenToRbd(plan)) {
    const source = await lookupVolume(connection, plan.from.pool.ref, plan.from.name);
    const volume = await cloneVolume(connection, poolRef(plan), volumeXml(plan), source);
    made(volume);
    await grow(machine, volume, plan);
    return;
  }
  const volume = await createVolume(connection, poolRef(plan), volumeXml(plan));
  made(volume);
  if (plan.kind === 'copy') await fillRbd(machine, plan, fileOf(plan), options);
  if (plan.kind === 'written') await write(machine, volume, plan, options);
}

/** A sentence: `Copying debian12.qcow2 to web9`. */
export function describeVolume(plan: VolumePlan): string {
  switch (plan.kind) {
    case 'empty':
      return t('Making the volume {0}', plan.name);
    case 'copy':
      return t('Copying {0} to {1}', plan.from.name, plan.name);
    case 'written':
      return t('Writing {0}', plan.name);
  }
}

function poolRef({ pool }: VolumePlan): PoolRef {
  return pool.ref;
}

/** libvirt copies between pools of files, and within an RBD pool; not from a file into RBD. */
function isWrittenToRbd({ pool, from }: CopiedVolume): boolean {
  return pool.kind === 'rbd' && from.pool.kind !== 'rbd';
}

/** Files are sparse; logical volumes are not, or they would be snapshots. */
function volumeXml(plan: VolumePlan): string {
  const capacity = plan.kind === 'written' ? plan.content.length : plan.capacity;
  const isSparse = plan.kind !== 'written' && plan.pool.kind === 'file';
  const bytes = { unit: 'bytes' };
  const element = {
    name: 'volume',
    children: [
      { name: 'name', text: plan.name },
      { name: 'capacity', attributes: bytes, text: String(capacity) },
      ...(isSparse ? [{ name: 'allocation', attributes: bytes, text: '0' }] : []),
      ...(plan.pool.kind === 'file'
        ? [{ name: 'target', children: [{ name: 'format', attributes: { type: plan.format } }] }]
        : []),
    ],
  };
  return writeElement(element, libvirtLayout);
}

/** A copy has the size of what it was copied from, with some of libvirt's backends whatever was asked for. */
async function grow({ connection }: LibvirtMachine, volume: VolumeRef, plan: CopiedVolume): Promise<void> {
  const { capacity } = await parseVolume(await getVolumeXml(connection, volume));
  if (capacity !== undefined && capacity < plan.capacity)
    await resizeVolume(connection, volume, plan.capacity);
}

function fileOf({ from }: CopiedVolume): ImageContent {
  const source = volumeSource(from.pool, from.name, from.format ?? 'raw');
  return { path: source.kind === 'rbd' ? source.image : source.path, format: from.format ?? 'raw' };
}

async function fillRbd(
  machine: LibvirtMachine,
  plan: VolumePlan,
  content: ImageContent,
  options: MakeOptions,
): Promise<void> {
  const { model } = plan.pool;
  const client = await cephClientOfPool(machine, model, options);
  await writeRbdImage(client, { ...rbdPlaceOfPool(model), image: plan.name }, content, options);
}

async function write(
  machine: LibvirtMachine,
  volume: VolumeRef,
  plan: WrittenVolume,
  options: MakeOptions,
): Promise<void> {
  const { content } = plan;
  if (plan.pool.kind === 'rbd') {
    await fillRbd(machine, plan, { bytes: content }, options);
    return;
  }
  const stream = await uploadVolume(machine.connection, volume, {
    length: content.length,
    signal: options.signal,
  });
  await pipeline(Readable.from([content]), stream, { signal: options.signal });
}
