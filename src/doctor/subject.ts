import type { RbdImage } from '../ceph/rbd.ts';

/** What a finding or a complaint is about. Hosts are called as in the settings, clusters by their id. */
export type Subject =
  | { readonly kind: 'host'; readonly host: string }
  | {
      readonly kind: 'domain' | 'pool' | 'network' | 'secret';
      readonly host: string;
      readonly name: string;
      readonly uuid: string;
    }
  | { readonly kind: 'volume'; readonly host: string; readonly pool: string; readonly name: string }
  | { readonly kind: 'cluster'; readonly cluster: string }
  | { readonly kind: 'cephPool'; readonly cluster: string; readonly pool: string }
  | { readonly kind: 'image'; readonly cluster: string; readonly image: RbdImage };

/** Tells subjects apart. */
export function subjectKey(subject: Subject): string {
  return JSON.stringify(Object.entries(subject).sort(([a], [b]) => a.localeCompare(b)));
}

/** Whether a finding about one is of interest to who asks about the other: itself, or what is on it. */
export function concerns(finding: Subject, asked: Subject): boolean {
  if (subjectKey(finding) === subjectKey(asked)) return true;
  if (asked.kind === 'host') return 'host' in finding && finding.host === asked.host;
  if (asked.kind === 'cluster') return 'cluster' in finding && finding.cluster === asked.cluster;
  if (asked.kind === 'pool')
    return finding.kind === 'volume' && finding.host === asked.host && finding.pool === asked.name;
  return false;
}
