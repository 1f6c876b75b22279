import type { GroupName } from '../../src/hosts/inventory/inventory.ts';

/** All times are by `now()`. */
export interface Reading {
  readonly startedAt: number;
  readonly doneAt: number;
  /** Answers of libvirt up to then. */
  readonly calls: number;
  /** Objects in each group. */
  readonly counts: Readonly<Partial<Record<GroupName, number>>>;
}

export interface Connecting extends Reading {
  /** When the SSH connection was logged in. */
  readonly loggedInAt: number;
  /** When libvirt had opened the driver. */
  readonly openedAt: number;
  /** When each of the groups that were waited for was there. */
  readonly loadedAt: Readonly<Partial<Record<GroupName, number>>>;
}

export interface Memory {
  readonly rss: number;
  readonly heapUsed: number;
}

/** The images of a Ceph pool, as its row shows them when it is opened. */
export interface ImagesReading {
  readonly startedAt: number;
  /** When the names were there. */
  readonly namedAt: number;
  /** When their sizes, parents and snapshots were there as well. */
  readonly doneAt: number;
  readonly count: number;
}

/** What the measured program can be told to do: the extension's way to a host, without VS Code. */
export interface MeasuredClient {
  /** Connects anew and waits until these groups are loaded. */
  connect(groups: readonly GroupName[]): Promise<Connecting>;
  /** The groups that are loaded by now. */
  loaded(): Promise<readonly GroupName[]>;
  /** Reads all lists again. */
  refresh(): Promise<Reading>;
  /** Waits until the inventory has a domain in this state; the result is when. */
  awaitDomain(wanted: { readonly name: string; readonly state: number }): Promise<number>;
  /** Reads the images of a Ceph pool; the cluster behind the host has been found before. */
  images(pool: string): Promise<ImagesReading>;
  /** In bytes, after the garbage is collected. */
  memory(): Promise<Memory>;
}

export interface MeasuredCall {
  readonly method: keyof MeasuredClient;
  readonly argument: unknown;
}

export type MeasuredAnswer = { readonly result: unknown } | { readonly error: string };
