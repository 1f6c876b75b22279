import type { LibvirtConnection } from '../../libvirt/connection.ts';
import type { DomainDisk } from '../../libvirt/model/disk.ts';
import type { DomainRef } from '../../libvirt/protocol/refs.ts';
import { SnapshotCreate } from '../../libvirt/protocol/snapshot.ts';
import { createSnapshot } from '../../libvirt/snapshots.ts';
import { libvirtLayout, writeElement, type NewElement } from '../../xml/writer.ts';
import { runDomainJob, type JobEnd, type JobOptions } from '../domains/domainJob.ts';
import { memoryFile, overlayFile, writableDisks, type SnapshotKind } from './snapshotKinds.ts';

export interface NewSnapshot {
  readonly name: string;
  /** '' for none. */
  readonly description: string;
  readonly kind: SnapshotKind;
  /** Of disks alone: the guest agent holds all writes meanwhile. */
  readonly quiesce: boolean;
  /** With memory in a file: the guest goes on while it is written. */
  readonly live: boolean;
}

export interface SnapshotSubject {
  readonly ref: DomainRef;
  readonly disks: readonly DomainDisk[];
}

/** A file that an external snapshot makes, by the disk that it is of; of the memory without one. */
export interface SnapshotFile {
  readonly target: string | undefined;
  readonly file: string;
}

export function filesOf(
  { ref, disks }: SnapshotSubject,
  { kind, name }: NewSnapshot,
): readonly SnapshotFile[] {
  if (kind === 'internal') return [];
  const external = writableDisks(disks).filter(({ source }) => source?.type === 'file');
  const overlays = external.map(({ target, source }) => ({ target, file: overlayFile(source, name) }));
  const memory = { target: undefined, file: memoryFile(external[0]?.source, ref.name, name) };
  return kind === 'withMemory' ? [...overlays, memory] : overlays;
}

export function snapshotXml(subject: SnapshotSubject, snapshot: NewSnapshot): string {
  const { name, description, kind } = snapshot;
  const files = filesOf(subject, snapshot);
  const disk = ({ target }: DomainDisk): NewElement => {
    if (kind === 'internal') return { name: 'disk', attributes: { name: target, snapshot: 'internal' } };
    const file = files.find((one) => one.target === target)?.file;
    if (file === undefined) return { name: 'disk', attributes: { name: target, snapshot: 'no' } };
    return {
      name: 'disk',
      attributes: { name: target, snapshot: 'external' },
      children: [
        { name: 'driver', attributes: { type: 'qcow2' } },
        { name: 'source', attributes: { file } },
      ],
    };
  };
  const memory = files.find(({ target }) => target === undefined);
  const element: NewElement = {
    name: 'domainsnapshot',
    children: [
      { name: 'name', text: name },
      ...(description === '' ? [] : [{ name: 'description', text: description }]),
      ...(memory ? [{ name: 'memory', attributes: { snapshot: 'external', file: memory.file } }] : []),
      { name: 'disks', children: writableDisks(subject.disks).map(disk) },
    ],
  };
  return `${writeElement(element, libvirtLayout)}\n`;
}

function flagsOf({ kind, quiesce, live }: NewSnapshot): number {
  switch (kind) {
    case 'internal':
      return 0;
    case 'disksOnly':
      return SnapshotCreate.diskOnly | SnapshotCreate.atomic | (quiesce ? SnapshotCreate.quiesce : 0);
    case 'withMemory':
      return SnapshotCreate.atomic | (live ? SnapshotCreate.live : 0);
  }
}

/** A domain whose snapshot was cancelled is as it was before. */
export function takeSnapshot(
  connection: LibvirtConnection,
  subject: SnapshotSubject,
  snapshot: NewSnapshot,
  options: JobOptions,
): Promise<JobEnd> {
  const xml = snapshotXml(subject, snapshot);
  return runDomainJob(
    connection,
    subject.ref,
    async () => {
      await createSnapshot(connection, subject.ref, xml, flagsOf(snapshot));
    },
    options,
  );
}
