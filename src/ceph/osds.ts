import type { WaitOptions } from '../base/waiting.ts';
import type { CephClient } from './cephAccess.ts';
import { askMonitors } from './monitors.ts';

/** A node of the CRUSH tree: a root, a rack, a host ... */
export interface CrushBucket {
  readonly id: number;
  readonly name: string;
  /** `root`, `rack`, `host` ... */
  readonly type: string;
  readonly children: readonly number[];
}

export interface Osd {
  readonly id: number;
  readonly name: string;
  readonly deviceClass: string | undefined;
  readonly isUp: boolean;
  /** Data is placed on it: its reweight is not 0. */
  readonly isIn: boolean;
  /** 0 to 1. */
  readonly reweight: number;
  readonly crushWeight: number;
}

/** What `ceph osd tree` tells. */
export interface OsdTree {
  readonly buckets: readonly CrushBucket[];
  readonly osds: readonly Osd[];
  /** The ids of OSDs that stand nowhere in the tree. */
  readonly stray: readonly number[];
}

interface NodeJson {
  readonly id: number;
  readonly name: string;
  readonly type: string;
  readonly children?: readonly number[];
  readonly device_class?: string;
  readonly status?: string;
  readonly reweight?: number;
  readonly crush_weight?: number;
}

export async function getOsdTree(client: CephClient, options?: WaitOptions): Promise<OsdTree> {
  const { nodes, stray } = (await askMonitors(client, ['osd', 'tree'], options)) as {
    readonly nodes: readonly NodeJson[];
    readonly stray: readonly NodeJson[];
  };
  const osds = [...nodes, ...stray].filter(({ type }) => type === 'osd');
  return {
    buckets: nodes
      .filter(({ type }) => type !== 'osd')
      .map(({ id, name, type, children }) => ({ id, name, type, children: children ?? [] })),
    osds: osds.map((node) => ({
      id: node.id,
      name: node.name,
      deviceClass: node.device_class === '' ? undefined : node.device_class,
      isUp: node.status === 'up',
      isIn: (node.reweight ?? 0) > 0,
      reweight: node.reweight ?? 0,
      crushWeight: node.crush_weight ?? 0,
    })),
    stray: stray.map(({ id }) => id),
  };
}
