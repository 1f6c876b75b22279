import type { DomainDisk } from '../../../libvirt/model/disk.ts';
import type { WaitOptions } from '../../../base/waiting.ts';
import type { Transport } from '../../../transport/transport.ts';
import type { Complaint } from '../../complaint.ts';
import type { ExaminedDomain, Patient } from '../../patient.ts';
import { readImageFiles, type FileQuestion, type ImageFile, type NamedBacking } from './imageFiles.ts';

/** One file of a chain. */
export interface ChainLink {
  readonly path: string;
  /** As whoever names it says: the definition, or the image above; undefined where that does not say it. */
  readonly format: string | undefined;
  readonly file: ImageFile;
}

/** A disk on a file, with the files that this stands on: the nearest first. */
export interface DiskChain {
  readonly domain: ExaminedDomain;
  readonly disk: DomainDisk;
  readonly links: readonly [ChainLink, ...ChainLink[]];
  /** The definition names the images below itself: what the files say of it is not looked at. */
  readonly isWritten: boolean;
}

/** QEMU itself gives up at 200; nobody who has more than this wants to. */
const deepest = 50;

/** The chains of all disks on files; with a complaint about a domain, of its disks alone. */
export async function diskChains(patient: Patient, complaint?: Complaint): Promise<readonly DiskChain[]> {
  const all = (): Promise<readonly DiskChain[]> =>
    patient.once('disk chains', async () =>
      readChains(patient.host.transport, await patient.domains(), patient.wait),
    );
  const about = complaint?.about;
  if (about?.kind !== 'domain') return all();
  const domains = await patient.domains();
  const [domain] = domains.filter(({ entry }) => entry.ref.uuid === about.uuid);
  return domain ? readChains(patient.host.transport, [domain], patient.wait) : [];
}

interface Growing {
  readonly domain: ExaminedDomain;
  readonly disk: DomainDisk;
  readonly isWritten: boolean;
  readonly links: ChainLink[];
}

/** The chains as they are now: a round of questions for each level. */
export async function readChains(
  transport: Transport,
  domains: readonly ExaminedDomain[],
  wait: WaitOptions,
): Promise<readonly DiskChain[]> {
  const growing: Growing[] = [];
  let waiting: { readonly chain: Growing; readonly path: string; readonly format: string | undefined }[] = [];
  for (const domain of domains) {
    for (const disk of domain.model.disks) {
      if (disk.source?.type !== 'file') continue;
      const written = disk.backing.flatMap(({ source, format }) =>
        source.type === 'file' ? [{ path: source.path, format }] : [],
      );
      const chain = { domain, disk, links: [], isWritten: written.length > 0 };
      growing.push(chain);
      const own = { path: disk.source.path, format: disk.format ?? 'raw' };
      waiting.push(...[own, ...written].map((file) => ({ chain, ...file })));
    }
  }
  while (waiting.length > 0) {
    const fileOf = await readImageFiles(transport, waiting.map(questionOf), wait);
    const next: typeof waiting = [];
    for (const { chain, path, format } of waiting) {
      const file = fileOf(questionOf({ path, format }));
      chain.links.push({ path, format, file });
      const below = file.kind === 'image' && !chain.isWritten ? file.backing : undefined;
      if (below && isToFollow(below, chain)) next.push({ chain, path: below.path, format: below.format });
    }
    waiting = next;
  }
  return growing.flatMap(({ links: [first, ...others], ...chain }) =>
    first ? [{ ...chain, links: [first, ...others] as const }] : [],
  );
}

/** Whether some file may not be looked at: where nothing is found, nothing can be said then. */
export function isForbidden({ links }: DiskChain): boolean {
  return links.some(({ file }) => file.kind === 'forbidden');
}

/** Where the format is not said, only whether the file is there, and its head, are looked at. */
function questionOf({ path, format }: { path: string; format: string | undefined }): FileQuestion {
  return { path, format: format ?? 'raw' };
}

function isToFollow({ path }: NamedBacking, { links }: Growing): boolean {
  return path.startsWith('/') && links.length < deepest && links.every((link) => link.path !== path);
}
